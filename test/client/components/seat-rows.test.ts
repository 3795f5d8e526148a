import { expect } from 'chai';
import fc from 'fast-check';
import { chamberRows } from '../../../client/components/seat-rows.ts';

const seatsOf = (places: { capacity: number | null; taken: number }) => {
  const rows = chamberRows(places, 'cover').rows;
  const count = (part: 'taken' | 'free') =>
    rows.reduce((sum, row) => sum + (row[part] ? Math.floor(row[part].length) + 1 : 0), 0);
  return { taken: count('taken'), free: count('free'), all: count('taken') + count('free') };
};

describe('the chamber', () => {
  it('draws the same seats whatever is taken, and about the right share of them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (capacity, share) => {
          const taken = Math.floor(capacity * share);
          const seats = seatsOf({ capacity, taken });
          expect(seats.all).to.equal(182);
          expect(Math.abs(seats.taken / seats.all - taken / capacity)).to.be.lessThan(0.05);
        },
      ),
    );
  });

  it('is full only when every place is taken, and empty only when none is', () => {
    expect(seatsOf({ capacity: 1000, taken: 999 }).free).to.be.greaterThan(0);
    expect(seatsOf({ capacity: 1000, taken: 1 }).taken).to.be.greaterThan(0);
    expect(seatsOf({ capacity: 20, taken: 20 }).free).to.equal(0);
    expect(seatsOf({ capacity: 20, taken: 0 }).taken).to.equal(0);
  });
});
