import { expect } from 'chai';
import { nextWeekday, planToday } from '../../server/demo/demo-dates.ts';
import { digitalToday } from '../../server/demo/digital-services.ts';
import { instantOfWallTime } from '../../server/platform/time/wall-time.ts';

describe('the dates of the demo', () => {
  it('has a session on at every minute of any day, the days on which clocks change included', () => {
    for (const day of ['2026-11-24', '2027-03-28', '2027-10-31']) {
      const start = Date.parse(`${day}T00:00:00Z`);
      for (let minute = 60; minute < 23 * 60 - 2; minute += 7) {
        const now = new Date(start + minute * 60_000);
        const plan = planToday(now, digitalToday.agenda);
        const on = plan.agenda.filter(([time, minutes]) => {
          const result = instantOfWallTime(`${plan.date}T${time}`, plan.zone);
          if (!result.ok) throw new Error(`${plan.date} ${time} ${plan.zone}: ${result.reason}`);
          return result.instant <= now && now.getTime() < result.instant.getTime() + minutes * 60_000;
        });
        expect(on, now.toISOString()).to.have.length(1);
        expect(on[0]?.[2], now.toISOString()).not.to.equal('break');
        expect(plan.endTime > plan.startTime).to.equal(true);
      }
    }
  });

  it('falls on the weekday that was asked for, and never around Christmas', () => {
    for (let day = 1; day <= 365; day += 3) {
      const now = new Date(Date.UTC(2026, 0, day, 12));
      const date = nextWeekday(now, 4, 14);
      expect(new Date(`${date}T12:00:00Z`).getUTCDay()).to.equal(4);
      expect(date.slice(5) >= '01-06' && date.slice(5) < '12-20', date).to.equal(true);
    }
  });
});
