import { expect } from 'chai';
import { openTestHub, video, type HubTest } from './fake-parts.ts';

const pictures = (test: HubTest, run = 0) =>
  test.runs[run]?.story.filter((word) => /\d/.test(word)).join(' ');

describe('the hub', () => {
  it('begins a run at the first key frame, and tells web once', async () => {
    const test = await openTestHub();
    const obs = await test.publish('obs');
    obs.sound('s0');
    obs.frame('f0');
    expect(test.runs).to.have.length(0);
    obs.key('k1');
    obs.sound('s1');
    obs.frame('f1');
    await test.settle();
    expect(test.runs[0]?.story.join(' ')).to.equal('video audio k1 s1 f1');
    expect(test.told).to.deep.equal(['1 started']);
  });

  it('begins with sound when after three seconds there is no picture', async () => {
    const test = await openTestHub();
    const answer = await test.hub.admit({
      kind: 'rtmp',
      credential: 'encoder',
      address: '',
      cut: () => undefined,
    });
    if (!answer.ok) throw new Error(answer.reason);
    const sound = () =>
      answer.input.unit({ kind: 'audio', dts: 0, pts: 0, isKey: true, data: Buffer.from('s1') });
    sound();
    test.pass(2.5);
    sound();
    expect(test.runs).to.have.length(0);
    test.pass(0.5);
    sound();
    expect(test.runs).to.have.length(1);
  });

  it('goes on with the run of an encoder that comes back within the window, at its next key frame', async () => {
    const test = await openTestHub();
    const first = await test.publish('first');
    first.key('k1');
    first.input.close('lost');
    first.frame('f1');
    test.pass(60);
    const second = await test.publish('second');
    second.frame('f2');
    second.key('k2');
    test.pass(1);
    await test.settle();
    expect(test.runs).to.have.length(1);
    expect(test.runs[0]?.story.join(' ')).to.equal('video audio k1 away switch video audio back k2');
    expect(test.told).to.deep.equal(['1 started', '1 lost', '1 resumed']);
  });

  it('waits for one that said goodbye too, and begins another run after the window', async () => {
    const test = await openTestHub({ reconnectSeconds: 30 });
    const first = await test.publish('first');
    first.key('k1');
    first.input.close('finished');
    test.pass(29.5);
    expect(test.runs[0]?.story).not.to.include('end');
    test.pass(1);
    expect(test.runs[0]?.story).to.include('end');
    (await test.publish('second')).key('k2');
    await test.settle();
    expect(test.told).to.deep.equal(['1 started', '1 lost', '1 ended', '2 started']);
    expect(test.hub.renditions('stream-0001', test.runs[0]?.runId ?? '')).not.to.equal(null);
    test.pass(601);
    expect(test.hub.renditions('stream-0001', test.runs[0]?.runId ?? '')).to.equal(null);
  });

  it('says that a silent encoder is lost after three seconds, and takes it back as it was when it speaks', async () => {
    const test = await openTestHub();
    const obs = await test.publish('obs');
    obs.key('k1');
    test.pass(3.5);
    expect(test.hub.health()[0]).to.include({ state: 'stalled', isRecording: false });
    obs.frame('f1');
    await test.settle();
    expect(test.runs[0]?.story.join(' ')).to.equal('video audio k1 away back f1');
    expect(test.told).to.deep.equal(['1 started', '1 lost', '1 resumed']);
  });

  it('refuses a second publisher while the first is well, and lets it in when that was silent for three seconds', async () => {
    const test = await openTestHub();
    const first = await test.publish('first');
    first.key('k1');
    test.pass(2);
    const refused = await test.publish('second').catch((error: Error) => error.message);
    expect(refused).to.equal('busy');
    test.pass(1.5);
    const third = await test.publish('third');
    expect(test.cuts).to.deep.equal(['first']);
    first.key('k2');
    first.input.close('lost');
    third.key('k3');
    expect(pictures(test)).to.equal('k1 k3');
  });

  it('lets one of two in that come with the same key at the same moment', async () => {
    const test = await openTestHub();
    const both = await Promise.allSettled([test.publish('a'), test.publish('b')]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
  });

  it('says that a run is finished when all of it is kept, and at once where there is none', async () => {
    const test = await openTestHub();
    (await test.publish('obs')).key('k1');
    let resolve: () => void = () => undefined;
    const kept = new Promise<void>((done) => (resolve = done));
    Object.assign(test.runs[0] ?? {}, { end: () => kept });
    let isFinished = false;
    const finished = test.hub.finish('stream-0001').then(() => (isFinished = true));
    await test.settle();
    expect(isFinished).to.equal(false);
    resolve();
    await finished;
    await test.hub.finish('stream-0001');
    await test.hub.finish('stream-0002');
  });

  it('cuts off a stream that cannot be packaged, and goes on with the others', async () => {
    const test = await openTestHub();
    const obs = await test.publish('obs');
    obs.key('k1');
    const fails = () => {
      throw new Error('a fault of ours');
    };
    const [run] = test.runs;
    Object.assign(run ?? {}, { track: fails });
    obs.input.track(video);
    expect(test.cuts).to.deep.equal(['obs']);
    Object.assign(run ?? {}, { track: () => undefined, away: fails });
    (await test.publish('studio', 'studio')).key('k2');
    test.pass(4);
    const again = await test.publish('obs');
    again.key('k3');
    again.input.close('lost');
    expect(test.hub.health()).to.have.length(1);
  });

  it('does not let in who is cut off while web is asked whether they may come', async () => {
    const test = await openTestHub();
    for (const source of ['encoder', null] as const) {
      const coming = test.publish('old key').catch((error: Error) => error.message);
      test.hub.cut('stream-0001', 'studio', 'Another one.');
      test.hub.cut('stream-0001', source, 'The key was changed.');
      expect(await coming).to.equal('unavailable');
    }
    (await test.publish('new key')).key('k1');
    expect(pictures(test)).to.equal('k1');
  });

  it('shows who came first until web selects the other, and then that one from its next key frame', async () => {
    const test = await openTestHub();
    const obs = await test.publish('obs');
    const studio = await test.publish('studio', 'studio');
    obs.key('e1');
    studio.key('s1');
    test.hub.select('stream-0001', 'studio');
    obs.frame('e2');
    studio.frame('s2');
    obs.frame('e3');
    studio.key('s3');
    obs.key('e4');
    studio.frame('s4');
    expect(pictures(test)).to.equal('e1 e2 e3 s3 s4');
    expect(test.hub.health()[0]).to.include({ onAir: 'studio', state: 'live' });
    await test.settle();
    expect(test.told).to.deep.equal(['1 started']);
  });

  it('takes the other when the first is lost and web has selected none', async () => {
    const test = await openTestHub();
    const obs = await test.publish('obs');
    const studio = await test.publish('studio', 'studio');
    obs.key('e1');
    obs.input.close('lost');
    studio.key('s1');
    expect(pictures(test)).to.equal('e1 s1');
  });

  it('shows nothing when web selects nothing, and what hello said from the start', async () => {
    const test = await openTestHub({ onAir: [{ streamId: 'stream-0001', source: 'studio' }] });
    const obs = await test.publish('obs');
    obs.key('e1');
    expect(test.runs).to.have.length(0);
    test.hub.select('stream-0001', 'encoder');
    obs.key('e2');
    test.hub.select('stream-0001', null);
    obs.key('e3');
    expect(pictures(test)).to.equal('e2');
    test.pass(91);
    await test.settle();
    expect(test.told).to.deep.equal(['1 started', '1 lost', '1 ended']);
  });

  it('goes on with a run that is kept from viewers while its encoder sends, and for the window after that', async () => {
    for (const reconnectSeconds of [0, 90]) {
      const test = await openTestHub({ reconnectSeconds });
      const obs = await test.publish('obs');
      obs.key('e1');
      test.hub.select('stream-0001', null);
      for (let seconds = 0; seconds < 600; seconds += 1) {
        obs.frame('kept');
        test.pass(1);
      }
      test.hub.select('stream-0001', 'encoder');
      obs.key('e2');
      expect(pictures(test)).to.equal('e1 e2');
      test.hub.select('stream-0001', null);
      test.pass(200);
      await test.settle();
      expect(test.told).to.deep.equal(['1 started', '1 lost', '1 resumed', '1 lost', '1 ended']);
    }
  });

  it('counts the window of a run that is kept from viewers from when its encoder went', async () => {
    const test = await openTestHub({ reconnectSeconds: 30 });
    const obs = await test.publish('obs');
    obs.key('e1');
    test.hub.select('stream-0001', null);
    for (let seconds = 0; seconds < 100; seconds += 1) {
      test.pass(1);
      obs.frame('kept');
    }
    obs.input.close('lost');
    test.pass(29);
    expect(test.runs[0]?.story).not.to.include('end');
    test.pass(2);
    expect(test.runs[0]?.story).to.include('end');
  });

  it('says whom it waits for until the picture that was chosen is there', async () => {
    const test = await openTestHub();
    const obs = await test.publish('obs');
    obs.key('e1');
    const told = () => {
      const { onAir, waitsFor } = test.hub.health()[0] ?? {};
      return [onAir, waitsFor];
    };
    expect(told()).to.deep.equal(['encoder', null]);
    test.hub.select('stream-0001', 'studio');
    expect(told()).to.deep.equal(['encoder', 'studio']);
    const studio = await test.publish('studio', 'studio');
    studio.frame('s1');
    expect(told()).to.deep.equal(['encoder', 'studio']);
    studio.key('s2');
    expect(told()).to.deep.equal(['studio', null]);
    test.hub.select('stream-0001', null);
    expect(told()).to.deep.equal([null, null]);
  });

  it('ends the run at once when web says so, and the encoder begins another', async () => {
    const test = await openTestHub();
    const obs = await test.publish('obs');
    obs.key('k1');
    void test.hub.finish('stream-0001');
    obs.frame('f1');
    obs.key('k2');
    await test.settle();
    expect(test.told).to.deep.equal(['1 started', '1 ended', '2 started']);
    expect(pictures(test, 1)).to.equal('k2');
  });

  it('cuts who publishes, by source or all of them', async () => {
    const test = await openTestHub();
    await test.publish('obs');
    const studio = await test.publish('studio', 'studio');
    test.hub.cut('stream-0001', 'encoder', 'The key was changed.');
    expect(test.cuts).to.deep.equal(['obs']);
    test.hub.cut('stream-0001', null, 'The day is over.');
    expect(test.cuts).to.deep.equal(['obs', 'studio']);
    studio.key('s1');
    expect(test.runs).to.have.length(0);
  });

  it('cuts one person and nobody else who is on air from a browser', async () => {
    const test = await openTestHub();
    await test.publish('obs');
    await test.publish('ana', 'studio ana');
    test.hub.cut('stream-0001', 'studio', 'No longer on the programme.', 'ben');
    expect(test.cuts).to.deep.equal([]);
    test.hub.cut('stream-0001', 'studio', 'No longer on the programme.', 'ana');
    expect(test.cuts).to.deep.equal(['ana']);
    const coming = test.publish('cy', 'studio cy').catch((error: Error) => error.message);
    test.hub.cut('stream-0001', 'studio', 'No longer on the programme.', 'cy');
    expect(await coming).to.equal('unavailable');
    await test.publish('dee', 'studio dee');
  });

  it('refuses an unknown key by its reason, and everybody while web is away', async () => {
    const test = await openTestHub();
    const come = (credential: string) =>
      test.hub.admit({ kind: 'rtmp', credential, address: '', cut: () => undefined });
    expect(await come('guessed')).to.deep.equal({
      ok: false,
      reason: 'refused',
      message: 'There is no such key.',
    });
    test.web.isAway = true;
    expect(await come('encoder')).to.include({ ok: false, reason: 'unavailable' });
  });

  it('goes on with a run whose process died, and gives up one whose window has passed', async () => {
    const now = Date.parse('2026-11-24T09:00:00Z');
    const journal = new Map(
      [
        { streamId: 'stream-0001', runId: 'run-000001', startedAt: now - 600_000, lostAt: now - 5_000 },
        { streamId: 'stream-0002', runId: 'run-000002', startedAt: now - 600_000, lostAt: now - 120_000 },
        { streamId: 'stream-0003', runId: 'gone-00003', startedAt: now - 600_000, lostAt: now - 5_000 },
      ].map((note) => [note.streamId, note]),
    );
    const test = await openTestHub({ journal });
    test.pass(1);
    (await test.publish('obs')).key('k1');
    await test.settle();
    expect(test.told).to.have.members(['1 lost', '2 lost', 'gone ended', '2 ended', '1 resumed']);
    expect(test.runs[0]?.story.join(' ')).to.equal('away switch video audio back k1');
    expect([...journal.keys()]).to.deep.equal(['stream-0001']);
  });

  it('sends publishers away when it stops, and keeps the run for the next process', async () => {
    const test = await openTestHub();
    (await test.publish('obs')).key('k1');
    await test.hub.stop();
    expect(test.cuts).to.deep.equal(['obs']);
    expect(test.runs[0]?.story.slice(-2)).to.deep.equal(['away', 'suspend']);
    expect(test.journal.size).to.equal(1);
  });

  it('reports health while anything comes in and once after, with viewers of the last ten seconds', async () => {
    const test = await openTestHub({ reconnectSeconds: 0 });
    await test.hub.reportHealth();
    expect(test.health).to.have.length(0);
    const obs = await test.publish('obs');
    obs.key('k1');
    for (const viewer of ['a', 'b', 'a']) test.hub.sawViewer('stream-0001', viewer);
    await test.hub.reportHealth();
    test.clock.advance({ seconds: 11 });
    obs.frame('f1');
    await test.hub.reportHealth();
    obs.input.close('finished');
    await test.hub.reportHealth();
    await test.hub.reportHealth();
    expect(test.health.map(({ streams }) => streams.map(({ viewers }) => viewers))).to.deep.equal([
      [2],
      [0],
      [],
    ]);
  });
});
