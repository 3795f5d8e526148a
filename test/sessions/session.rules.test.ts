import { expect } from 'chai';
import fc from 'fast-check';
import { sessionMove } from '../../server/contracts/live-messages.ts';
import { courseAfter, dueMove, shareStage, type SessionCourse } from '../../server/sessions/session.rules.ts';

const now = new Date('2026-11-24T10:00:00Z');
const scheduled: SessionCourse = { state: 'scheduled', wentLiveAt: null, pausedAt: null, endedAt: null };
const run = (...moves: Parameters<typeof courseAfter>[1][]) =>
  moves.reduce<SessionCourse | null>((course, move) => course && courseAfter(course, move, now), scheduled);

describe('the course of a session', () => {
  it('goes live, pauses, resumes and ends', () => {
    expect(run('go-live')).to.deep.equal({ state: 'live', wentLiveAt: now, pausedAt: null, endedAt: null });
    expect(run('go-live', 'pause')).to.include({ state: 'paused', pausedAt: now });
    expect(run('go-live', 'pause', 'resume')).to.include({ state: 'live', pausedAt: null });
    expect(run('go-live', 'end')).to.include({ state: 'ended', endedAt: now });
  });

  it('undoes an end to what it was: live, paused, or not yet started', () => {
    expect(run('go-live', 'end', 'undo-end')).to.include({ state: 'live', endedAt: null });
    expect(run('go-live', 'pause', 'end', 'undo-end')).to.include({ state: 'paused', endedAt: null });
    expect(run('skip', 'undo-end')).to.deep.equal(scheduled);
    expect(run('cancel', 'reinstate')).to.deep.equal(scheduled);
  });

  it('refuses every other move', () => {
    for (const move of ['pause', 'resume', 'end', 'undo-end', 'reinstate'] as const)
      expect(run(move), move).to.equal(null);
    for (const move of ['go-live', 'resume', 'skip', 'cancel'] as const)
      expect(run('go-live', move), move).to.equal(null);
  });

  it('keeps its instants true to its state, whatever is pressed', () => {
    const moves = fc.array(fc.constantFrom(...sessionMove.options), { maxLength: 20 });
    fc.assert(
      fc.property(moves, (pressed) => {
        let course = scheduled;
        for (const move of pressed) course = courseAfter(course, move, now) ?? course;
        expect(course.endedAt !== null).to.equal(course.state === 'ended');
        if (course.state === 'paused') expect(course.pausedAt).to.not.equal(null);
        if (course.state === 'live') expect(course.pausedAt).to.equal(null);
        if (course.state === 'live' || course.state === 'paused')
          expect(course.wentLiveAt).to.not.equal(null);
      }),
    );
  });

  it('is due at its planned times, and skipped when they all passed', () => {
    const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
    const session = (state: SessionCourse['state'], from: number, to: number) => ({
      state,
      startsAt: at(from),
      endsAt: at(to),
    });
    expect(dueMove(session('scheduled', 0, 30), now)).to.equal('go-live');
    expect(dueMove(session('scheduled', 1, 30), now)).to.equal(null);
    expect(dueMove(session('scheduled', -60, -30), now)).to.equal('skip');
    expect(dueMove(session('live', -30, 0), now)).to.equal('end');
    expect(dueMove(session('paused', -30, 0), now)).to.equal(null);
    expect(dueMove(session('ended', -30, 0), now)).to.equal(null);
  });

  it('shares a stage with the same stage and with every stage', () => {
    expect(shareStage('a', 'a')).to.equal(true);
    expect(shareStage('a', null)).to.equal(true);
    expect(shareStage('a', 'b')).to.equal(false);
  });
});
