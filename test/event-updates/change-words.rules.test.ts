import { expect } from 'chai';
import { agendaRowsOf, shortened, wordsForChanges } from '../../server/event-updates/change-words.rules.ts';
import { dueAfter, fingerprintOf, type ToldEvent } from '../../server/event-updates/told-event.rules.ts';
import { instantOfWallTime } from '../../server/platform/time/wall-time.ts';
import { hostileTexts } from '../support/hostile-texts.ts';

const instant = (wallTime: string, zone: string) => {
  const read = instantOfWallTime(wallTime, zone);
  if (!read.ok) throw new Error(`${wallTime} ${zone}: ${read.reason}`);
  return read.instant;
};
const span = (startsAtLocal: string, endsAtLocal: string, zone: string) => ({
  startsAtLocal,
  endsAtLocal,
  startsAt: instant(startsAtLocal, zone),
  endsAt: instant(endsAtLocal, zone),
});
interface Session {
  id: string;
  title?: string;
  at: string;
  until: string;
  isCancelled?: boolean;
}
const heat: Session = {
  id: 'heat',
  title: 'Heat networks',
  at: '2027-03-23T13:40',
  until: '2027-03-23T14:10',
};
const state = (
  fields: { title?: string; zone?: string; at?: string; until?: string } = {},
  sessions: Session[] = [heat],
): ToldEvent => {
  const zone = fields.zone ?? 'Europe/London';
  return {
    title: fields.title ?? 'Decarbonisation',
    zone,
    ...span(fields.at ?? '2027-03-23T09:30', fields.until ?? '2027-03-23T16:15', zone),
    sessions: sessions.map(({ id, title = id, at, until, isCancelled = false }) => ({
      id,
      title,
      isCancelled,
      ...span(at, until, zone),
    })),
  };
};
const before = state();
const words = (after: ToldEvent, from: ToldEvent | null = before) => wordsForChanges(from, after);

describe('the words for what changed', () => {
  it('name the start, the end, the day and the name', () => {
    expect(words(state({ at: '2027-03-23T09:00' }))).to.deep.equal(['Starts 09:00 instead of 09:30']);
    expect(words(state({ until: '2027-03-23T16:30' }))).to.deep.equal(['Ends 16:30 instead of 16:15']);
    expect(words(state({ title: 'Net zero' }))).to.deep.equal([
      'Now called “Net zero”, before “Decarbonisation”',
    ]);
    const nextDay = { at: '2027-03-24T09:30', until: '2027-03-24T16:15' };
    expect(words(state(nextDay))).to.deep.equal(['On Wednesday 24 March instead of Tuesday 23 March']);
    const nextYear = { at: '2028-03-23T09:30', until: '2028-03-23T16:15' };
    expect(words(state(nextYear))[0]).to.equal('On Thursday 23 March 2028 instead of Tuesday 23 March 2027');
  });

  it('do not repeat for each session that the whole day moved, clock change or not', () => {
    const later: Session = { ...heat, at: '2027-03-30T13:40', until: '2027-03-30T14:10' };
    const moved = state({ at: '2027-03-30T09:30', until: '2027-03-30T16:15' }, [later]);
    expect(words(moved)).to.deep.equal(['On Tuesday 30 March instead of Tuesday 23 March']);
  });

  it('name sessions that are new, cancelled, back, moved, longer or renamed, in order of time', () => {
    const after = state({}, [
      { ...heat, at: '2027-03-23T14:10', until: '2027-03-23T14:40' },
      { id: 'new', title: 'Damp', at: '2027-03-23T11:10', until: '2027-03-23T11:30' },
    ]);
    expect(words(after)).to.deep.equal([
      'New at 11:10: “Damp”',
      '“Heat networks” starts 14:10 instead of 13:40',
    ]);
    expect(words(before, after)).to.deep.equal([
      '“Damp” is cancelled',
      '“Heat networks” starts 13:40 instead of 14:10',
    ]);
    const off = state({}, [{ ...heat, isCancelled: true }]);
    expect(words(off)).to.deep.equal(['“Heat networks” is cancelled']);
    expect(words(before, off)).to.deep.equal(['“Heat networks” takes place after all, at 13:40']);
    expect(words(state({}, [{ ...heat, until: '2027-03-23T14:20' }]))).to.deep.equal([
      '“Heat networks” ends 14:20 instead of 14:10',
    ]);
    expect(words(state({}, [{ ...heat, at: '2027-03-23T13:30', until: '2027-03-23T14:20' }]))).to.deep.equal([
      '“Heat networks” starts 13:30 instead of 13:40, and ends 14:20',
    ]);
    expect(words(state({}, [{ ...heat, title: 'Heat' }]))).to.deep.equal([
      '“Heat” is the new title of “Heat networks”',
    ]);
  });

  it('say the day of what is on another day than the event starts', () => {
    const two = { until: '2027-03-24T16:15' };
    const second: Session = { ...heat, at: '2027-03-24T13:40', until: '2027-03-24T14:10' };
    expect(words(state(two, [second]))).to.deep.equal([
      'Ends 16:15 on Wednesday 24 March instead of 16:15',
      '“Heat networks” starts 13:40 on Wednesday 24 March instead of 13:40',
    ]);
  });

  it('tell another time zone once, and times only when the moment is another', () => {
    const sameMoments = {
      ...state({ zone: 'Europe/Berlin', at: '2027-03-23T10:30', until: '2027-03-23T17:15' }, [
        { ...heat, at: '2027-03-23T14:40', until: '2027-03-23T15:10' },
      ]),
    };
    const zoneLine = 'All times are now in Europe/Berlin (CET) instead of Europe/London (GMT)';
    expect(words(sameMoments).map((line) => line.replace('GMT+1', 'CET'))).to.deep.equal([zoneLine]);
    const sameWalls = words(state({ zone: 'Europe/Berlin' }));
    expect(sameWalls).to.have.length(3);
    expect(sameWalls[1]).to.match(/^Starts 09:30 (CET|GMT\+1) instead of 09:30 GMT$/);
    expect(sameWalls[2]).to.match(/^Ends 16:15 (CET|GMT\+1) instead of 16:15 GMT$/);
  });

  it('are none exactly when two states tell the same', () => {
    const gone = { id: 'gone', at: '2027-03-23T11:00', until: '2027-03-23T11:30', isCancelled: true };
    const states = [
      before,
      state({}, [heat, gone]),
      state({}, [gone, heat]),
      state({}, []),
      state({ title: 'x' }),
      state({ zone: 'Europe/Lisbon' }),
      state({ zone: 'Europe/Berlin' }),
      state({ at: '2027-03-23T09:00' }),
      state({ until: '2027-03-24T01:00' }),
      state({ at: '2027-03-22T09:30' }),
      state({ at: '2027-03-30T09:30', until: '2027-03-30T16:15' }),
      state({}, [{ ...heat, title: 'x' }]),
      state({}, [{ ...heat, at: '2027-03-23T13:30' }]),
      state({}, [{ ...heat, until: '2027-03-23T14:30' }]),
    ];
    for (const [i, one] of states.entries())
      for (const [j, two] of states.entries())
        expect(words(two, one).length === 0, `${i} ${j}`).to.equal(fingerprintOf(one) === fingerprintOf(two));
    expect(fingerprintOf(states[1]!)).to.equal(fingerprintOf(before));
    expect(new Set(states.map(fingerprintOf)).size).to.equal(states.length - 2);
  });

  it('say something to who was told what nobody knows any more', () => {
    expect(words(before, null)).to.have.length(1);
  });

  it('stay one line each and short, whatever a title holds', () => {
    for (const text of [...hostileTexts, 'x'.repeat(500), '👩🏽‍🚀'.repeat(500)]) {
      const lines = words(state({ title: `a${text}` }, [{ ...heat, title: `b${text}` }]));
      for (const line of lines) {
        expect(line).not.to.match(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
        expect(line.isWellFormed()).to.equal(true);
        expect([...line].length).to.be.below(230);
      }
    }
  });

  it('end after eight lines with how many more there are', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);
    expect(shortened(lines(8))).to.have.length(8);
    expect(shortened(lines(9)).at(-1)).to.equal('and one more change');
    expect(shortened(lines(11))).to.have.length(9);
    expect(shortened(lines(11)).at(-1)).to.equal('and 3 more changes');
  });

  it('leave cancelled sessions out of the agenda, and count those that do not fit', () => {
    const many = Array.from({ length: 45 }, (_, index) => ({
      ...heat,
      id: `${index}`,
      isCancelled: index < 2,
    }));
    const { agenda, moreSessions } = agendaRowsOf(state({}, many));
    expect(agenda).to.have.length(40);
    expect(moreSessions).to.equal(3);
    expect(agenda[0]).to.deep.equal({ time: '13:40', title: 'Heat networks', note: '' });
  });
});

describe('when a change is told', () => {
  const at = (minute: number) => new Date(Date.UTC(2027, 0, 1, 9, minute));
  it('is a delay after the last change and three after the first at most', () => {
    expect(dueAfter(at(0), at(0), 5)).to.deep.equal(at(5));
    expect(dueAfter(at(9), at(0), 5)).to.deep.equal(at(14));
    expect(dueAfter(at(12), at(0), 5)).to.deep.equal(at(15));
    expect(dueAfter(at(3), at(3), 0)).to.deep.equal(at(3));
  });
});
