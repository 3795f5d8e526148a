import { signal } from '@preact/signals';
import { expect } from 'chai';
import { createPlayer, printedPlayer, type Observed } from '../../../client/player/player.store.ts';
import { firstChoices, type PlayerReport } from '../../../client/player/player-source.ts';
import { keepsKey, pressKey } from '../../../client/player/player-keys.ts';
import { behindInWords, clockTime, spokenTime, stateInWords } from '../../../client/player/player-words.ts';

const live = { id: 'r1', isLive: true, isHls: true, watch: null, file: 'main.m3u8', startedAt: 0 };

/** A player whose video is a list of what it was told to do. */
function openStore(isLive = true) {
  const done: string[] = [];
  const reports: PlayerReport[] = [];
  const isReceiving = signal(true);
  const player = createPlayer(
    { title: 'Main stage', source: signal({ ...live, isLive }), isReceiving, choices: firstChoices },
    { ...printedPlayer, report: (report) => void reports.push(report) },
  );
  player.device.value = {
    play: () => void done.push('play'),
    pause: () => void done.push('pause'),
    seek: (seconds) => void done.push(`seek ${seconds}`),
    seekBehind: (seconds) => void done.push(`behind ${seconds}`),
    setQuality: (id) => void done.push(`quality ${id ?? 'auto'}`),
    setSound: (volume, isMuted) => void done.push(isMuted ? 'silent' : `volume ${volume.toFixed(1)}`),
    setRate: (rate) => void done.push(`rate ${rate}`),
    toggleFullScreen: () => void done.push('full screen'),
    togglePictureInPicture: () => void done.push('picture in picture'),
    reopen: () => void done.push('reopen'),
    leave: () => undefined,
  };
  player.position.value = { time: 100, duration: isLive ? null : 600, behind: 2, window: 300 };
  let now = 0;
  const look = (changes: Partial<Observed> = {}) => {
    now += 500;
    const base = {
      isPaused: false,
      hasEnded: false,
      latency: isLive ? 2 : null,
      target: isLive ? 1.5 : null,
    };
    player.observe({ now, time: now / 1_000, programmeAt: null, ...base, ...changes });
  };
  return { player, isReceiving, done, reports, look };
}

describe('the player’s store', () => {
  it('follows the live edge until somebody goes back, and again when they press Live', () => {
    const { player, done } = openStore();
    player.phase.value = 'playing';
    player.step(-10);
    expect(player.isFollowing.value).to.equal(false);
    player.position.value = { ...player.position.value, behind: 12 };
    expect(player.state.value).to.equal('behind');
    player.goLive();
    expect(player.isFollowing.value).to.equal(true);
    expect(done).to.deep.equal(['behind 12', 'behind 0', 'play']);
  });

  it('never goes back further than is kept, nor ahead of the edge', () => {
    const { player, done } = openStore();
    player.seekBehind(9_999);
    player.step(60);
    expect(done).to.deep.equal(['behind 300', 'behind 0']);
  });

  it('says that it stopped, and says of a stage without picture that it comes back', () => {
    const { player, isReceiving, look } = openStore();
    player.phase.value = 'playing';
    for (let times = 0; times < 6; times += 1) look({ time: 7 });
    expect(player.state.value).to.equal('stalled');
    expect(stateInWords(player.state.value, true)).to.equal('The picture stopped. Trying again.');
    isReceiving.value = false;
    expect(player.state.value).to.equal('away');
    look({ time: 7.5 });
    expect(player.state.value).to.equal('playing');
  });

  it('opens the picture again while the stage receives, and waits quietly while it does not', () => {
    const { isReceiving, done, look } = openStore();
    isReceiving.value = false;
    for (let times = 0; times < 50; times += 1) look({ time: 7 });
    expect(done).to.deep.equal([]);
    isReceiving.value = true;
    for (let times = 0; times < 30; times += 1) look({ time: 7 });
    expect(done).to.include('reopen');
  });

  it('reports every ten seconds: how often it stopped, and how late it was', () => {
    const { look, reports } = openStore();
    for (let times = 0; times < 22; times += 1) look({ programmeAt: times * 500 - 1_400 });
    expect(reports).to.deep.equal([{ stalls: 0, latencyMs: 1_900 }]);
    for (let times = 0; times < 20; times += 1) look({ time: 11 });
    expect(reports[1]?.stalls).to.equal(1);
  });

  it('reports no lateness of who went back, and nothing of who stopped', () => {
    const { player, look, reports } = openStore();
    player.seekBehind(60);
    for (let times = 0; times < 22; times += 1) look();
    expect(reports).to.deep.equal([{ stalls: 0, latencyMs: null }]);
    for (let times = 0; times < 44; times += 1) look({ isPaused: true });
    expect(reports).to.have.length(1);
  });

  it('gives the sound back with the first press where the browser refused it', () => {
    const { player, done } = openStore();
    player.isSoundRefused.value = true;
    player.toggleMuted();
    expect(player.isSoundRefused.value).to.equal(false);
    expect(player.choices.value.isMuted).to.equal(false);
    player.toggleMuted();
    expect(done).to.deep.equal(['volume 1.0', 'silent']);
  });

  it('does by keys what its buttons do', () => {
    const { player, done } = openStore(false);
    player.phase.value = 'playing';
    const presses = ['k', ' ', 'ArrowRight', 'ArrowLeft', 'M', 'f', 'c', 'ArrowDown', 'l', 'x', 'Tab'];
    const taken = presses.map((key) => pressKey(player, key));
    expect(taken).to.deep.equal([...Array<boolean>(9).fill(true), false, false]);
    expect(done.filter((one) => !one.startsWith('rate'))).to.deep.equal(
      'pause,pause,seek 110,seek 100,silent,full screen,silent,volume 0.9'.split(','),
    );
    expect(player.choices.value.areCaptionsOn).to.equal(true);
  });

  it('leaves keys to the element that needs them', () => {
    const on = (tag: string, type: string | null = null) => ({ tag, type });
    expect(keepsKey(on('BUTTON'), ' ')).to.equal(true);
    expect(keepsKey(on('BUTTON'), 'k')).to.equal(false);
    expect(keepsKey(on('INPUT', 'range'), 'ArrowLeft')).to.equal(true);
    expect(keepsKey(on('INPUT', 'range'), 'm')).to.equal(false);
    expect(keepsKey(on('INPUT', 'search'), 'm')).to.equal(true);
    expect(keepsKey(on('SELECT'), 'm')).to.equal(true);
  });

  it('puts times and places in words', () => {
    expect(clockTime(3_850)).to.equal('1:04:10');
    expect(clockTime(9.9)).to.equal('0:09');
    expect(spokenTime(3_850)).to.equal('1 hour 4 minutes 10 seconds');
    expect(spokenTime(0)).to.equal('0 seconds');
    expect(behindInWords(12.2, false)).to.equal('12 seconds behind');
    expect(behindInWords(600, false)).to.equal('10 minutes behind');
    expect(behindInWords(12, true)).to.equal('Live');
  });
});
