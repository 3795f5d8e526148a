import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { tallyBeats } from '../../server/attendance/tally-beats.ts';
import { seedLiveDay, seedMember, seedViewer } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';

describe('attendance for the organiser', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  after(() => product.close());
  const get = (path: string, cookie: string) =>
    fetch(product.url + path, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });

  it('is a table of sessions, and a file with a row for each person and session', async () => {
    const now = product.clock.now();
    const { eventId, organiserId, sessionIds } = await seedLiveDay(now);
    const people = [
      await seedViewer(eventId, organiserId, now, 'first@estates.example'),
      await seedViewer(eventId, organiserId, new Date(now.getTime() + 1), 'second@estates.example'),
    ];
    const beats = tallyBeats(product.deps, 1e9);
    for (let turn = 0; turn < 5; turn += 1) {
      for (const [index, { registrationId }] of people.entries())
        if (index === 0 || turn < 3)
          beats.add({
            connectionId: `c${index}`,
            participantId: `p${index}`,
            registrationId,
            eventId,
            sessionIds: [sessionIds[1], ...(turn === 0 ? [sessionIds[0]] : [])],
          });
      product.clock.advance({ minutes: 1 });
    }
    await beats.flush();
    const organiser = await seedMember(organiserId, now);
    const path = `/console/events/${eventId}`;
    const page = await (await get(`${path}/attendance`, organiser.cookie)).text();
    expect(page).to.include('2 people were there').and.include('href="/attendance"');
    const row = (html: string) =>
      (html.match(/<td class="figure">[^<]*/g) ?? []).map((cell) => cell.slice(19));
    expect(row(page)).to.deep.equal(['2', '0', '2', '3', '0', '–']);
    expect(page).not.to.include('first@estates.example');

    const csv = await get(`${path}/live-exports/attendance.csv`, organiser.cookie);
    expect(csv.headers.get('content-disposition')).to.match(/^attachment; filename="attendance-live-/);
    const lines = (await csv.text())
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(
      lines.slice(1).map(([, email, , session, kind, minutes]) => [email, session, kind, minutes]),
    ).to.deep.equal([
      ['first@estates.example', 'Welcome to the day', 'live', '0'],
      ['first@estates.example', 'Heat pumps in old hospitals', 'live', '4'],
      ['second@estates.example', 'Welcome to the day', 'live', '0'],
      ['second@estates.example', 'Heat pumps in old hospitals', 'live', '2'],
    ]);
    expect(await AuditEntryModel.countDocuments({ organiserId, action: 'attendance:exported' })).to.equal(1);
    const onlooker = await seedMember(organiserId, now, 'viewer');
    expect((await get(`${path}/live-exports/attendance.csv`, onlooker.cookie)).status).to.equal(403);
    expect((await get(`${path}/attendance`, onlooker.cookie)).status).to.equal(200);
    expect((await get(`${path}/attendance`, people[0]?.cookie ?? '')).status).to.equal(404);
    expect(await AuditEntryModel.countDocuments({ organiserId, action: 'attendance:exported' })).to.equal(1);
  });
});
