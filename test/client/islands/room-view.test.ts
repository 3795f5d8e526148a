import { expect } from 'chai';
import { roomView, stageInBrief } from '../../../client/islands/live-room/room-view.ts';
import { driftOfSession, showView } from '../../../client/islands/run-of-show/show-view.ts';
import { daySnapshot } from './live-network.ts';

const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);
const iso = (time: string) => `2026-11-24T${time}.000Z`;
const view = (changes: Parameters<typeof daySnapshot>[0], time: string) =>
  roomView(daySnapshot(changes), 'main', at(time));
const live = { state: 'live', wentLiveAt: iso('09:36:00') } as const;
const ended = { state: 'ended', wentLiveAt: iso('09:30:00'), endedAt: iso('10:15:00') } as const;

describe('a live room in words', () => {
  it('counts down to the first session, and says when it is due', () => {
    expect(view({}, '08:00:00').badge).to.equal('Starts at 09:30 GMT');
    expect(view({}, '09:25:50')).to.include({ badge: 'Starts in 4:10', big: '4:10', kind: 'before' });
    expect(view({}, '09:31:00')).to.include({ badge: 'Starting any moment', kind: 'before' });
  });

  it('keeps the length of a session that started late, unless it ends by the clock', () => {
    expect(view({ a: live }, '10:09:00')).to.include({ badge: 'Live, 12 min left', kind: 'on-air' });
    expect(view({ a: { ...live, isAutomatic: true } }, '10:09:00').badge).to.equal('Live, 6 min left');
    expect(view({ a: live }, '10:40:00').badge).to.equal('Live, running over');
  });

  it('says a pause, a break, the end of the day and a cancelled event', () => {
    const paused = { ...live, state: 'paused', pausedAt: iso('09:40:00') } as const;
    expect(view({ a: paused }, '09:41:00')).to.include({ badge: 'Paused', big: 'Back in a moment' });
    expect(view({ a: ended }, '10:21:00')).to.include({
      badge: 'Coffee, back at 10:30',
      title: 'Next: Session c',
      bigNote: 'in 9 min',
      percent: 40,
    });
    const day = { a: ended, c: { ...ended, endedAt: iso('11:20:00') } };
    expect(view(day, '11:21:00')).to.include({ kind: 'ended', badge: 'Ended at 11:20' });
    expect(view({}, '13:00:00').kind).to.equal('ended');
    const cancelled = daySnapshot();
    const event = { ...cancelled.event, status: 'cancelled', cancellationReason: 'Snow' } as const;
    expect(roomView({ ...cancelled, event }, 'main', at('09:00:00'))).to.include({
      kind: 'cancelled',
      text: 'Snow',
    });
  });

  it('tells each stage in brief', () => {
    expect(stageInBrief(daySnapshot({ a: live }), 'main', at('09:40:00'))).to.deep.equal({
      isLive: true,
      text: 'Session a',
    });
    expect(stageInBrief(daySnapshot({ a: ended }), 'main', at('10:20:00')).text).to.equal(
      'Break, back at 10:30',
    );
  });
});

describe('the run of show in words', () => {
  const show = (changes: Parameters<typeof daySnapshot>[0], time: string) =>
    showView(daySnapshot(changes), 'main', at(time));
  const buttons = (changes: Parameters<typeof daySnapshot>[0], time: string) =>
    show(changes, time).actions.map(({ name, session }) => (session ? name : `(${name})`));

  it('keeps four buttons in their places through the states', () => {
    expect(buttons({}, '09:29:00')).to.deep.equal(['Go live', '(Pause)', '(End session)', 'Skip']);
    expect(buttons({ a: live }, '09:40:00')).to.deep.equal(['(On air)', 'Pause', 'End session', '(Skip)']);
    const paused = { ...live, state: 'paused' } as const;
    expect(buttons({ a: paused }, '09:40:00')).to.deep.equal(['(Paused)', 'Resume', 'End session', '(Skip)']);
    expect(buttons({ a: ended }, '10:20:00')).to.deep.equal(['Go live', '(Pause)', 'Undo end', 'Skip']);
  });

  it('says how late it runs, and how each session went', () => {
    expect(show({ a: live }, '09:40:00').late).to.equal('6 minutes late');
    expect(show({}, '09:31:30').late).to.equal('1 minute late');
    expect(show({}, '09:00:00').late).to.equal(null);
    const [first] = daySnapshot({ a: { ...ended, endedAt: iso('10:19:00') } }).sessions;
    expect(driftOfSession(first!)).to.equal('4 min over');
  });
});
