import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { newId } from '../../server/platform/new-id.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { eraseUnusedRecordings } from '../../server/replays/erase-unused-recordings.ts';
import { ReplayModel } from '../../server/replays/replay.model.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { StreamModel } from '../../server/streams/stream.model.ts';
import { StreamRunModel } from '../../server/streams/stream-run.model.ts';
import { seedMember } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askPage, fakeMedia, openRecordedDay, seedReplay } from './replay-day.ts';

const minute = 60_000;
const day = 1_440 * minute;

describe('recordings in the console', function () {
  this.timeout(30_000);
  let product: Product;
  const { media, answers } = fakeMedia();
  before(async () => {
    product = await openProduct({ worker: false });
    Object.assign(product.deps, { media });
  });
  beforeEach(() => Object.assign(answers, { isAway: false }));
  after(() => product.close());

  /** A run of an hour that ended, whose minutes 10 to 20 are a replay. */
  async function openHour(changes: Record<string, unknown> = {}, ageMs = 2 * day) {
    const recorded = await openRecordedDay(product);
    const start = product.clock.now().getTime() - ageMs;
    const at = (minutes: number) => start + minutes * minute;
    await StreamRunModel.create([
      {
        _id: newId(),
        ...{ streamId: recorded.streamId, eventId: recorded.eventId, organiserId: recorded.organiserId },
        ...{ startedAt: new Date(start), state: 'ended', at: new Date(at(60)) },
      },
    ]);
    const replayId = await seedReplay(product, recorded, recorded.sessionIds[1], {
      ...{ from: new Date(at(10)), to: new Date(at(20)), publishedAt: null, fileId: newId() },
      ...{ fileStatus: 'ready', fileBytes: 9, ...changes },
    });
    const path = `/console/events/${recorded.eventId}/recordings`;
    const erase = (from: number, to: number, replays = '', cookie = recorded.cookie) =>
      askPage(product, `${path}/erase`, cookie, {
        ...{ stream: recorded.streamId, from: String(at(from)), to: String(at(to)), replays },
      });
    const read = async (sub = '') => (await askPage(product, path + sub, recorded.cookie)).text();
    const asked = async () => {
      const entries = await OutboxEntryModel.find({ kind: 'recording:erased' }).lean();
      return entries
        .map(({ payload }) => payload as { streamId: string; from: number; to: number; fileIds: string[] })
        .filter(({ streamId }) => streamId === recorded.streamId)
        .sort((a, b) => a.from - b.from)
        .map(({ from, to, fileIds }) => [(from - start) / minute, (to - start) / minute, fileIds]);
    };
    const stored = () => ReplayModel.findById(replayId).orFail().lean();
    return { ...recorded, at, replayId, path, erase, read, asked, stored };
  }
  const margin = 1 / 6;

  it('are listed where replays begin and end, with their size, and what may go has a link', async () => {
    const hour = await openHour({ publishedAt: product.clock.now() });
    const page = await hour.read();
    expect(page.match(/No replay/g)).to.have.length(2);
    expect(page).to.include('(published)').and.include('Take the replay back first');
    expect(page.match(/recordings\/erase\?/g)).to.have.length(2);
    expect(page).to.include('1 min, 1 MB');
    answers.isAway = true;
    expect(await hour.read()).to.include('does not answer');
  });

  it('lose what no replay uses, up to ten seconds beside what one does, once and with an audit row', async () => {
    const hour = await openHour();
    const query = `/erase?stream=${hour.streamId}&from=${hour.at(20)}&to=${hour.at(60)}`;
    expect(await hour.read(query))
      .to.include('Erase it for good')
      .and.include('Main stage');
    expect((await hour.erase(20, 60)).status).to.equal(303);
    expect(await hour.asked()).to.deep.equal([[20 + margin, 60, []]]);
    expect(await hour.stored()).to.include({ status: 'ready', fileStatus: 'ready' });
    const rows = await AuditEntryModel.find({ 'subject.id': hour.streamId }).lean();
    expect(rows.map(({ action }) => action)).to.deep.equal(['recording:erased']);
  });

  it('take the picture of an unpublished replay along, whose page then says so', async () => {
    const hour = await openHour();
    const { fileId } = await hour.stored();
    const query = `/erase?stream=${hour.streamId}&from=${hour.at(10)}&to=${hour.at(20)}`;
    expect(await hour.read(query))
      .to.include('have nothing to show afterwards but films of your own')
      .and.include(hour.replayId);
    // Whoever was not told of it does not take it along.
    expect((await hour.erase(10, 20)).status).to.equal(409);
    expect((await hour.erase(10, 20, hour.replayId)).status).to.equal(303);
    expect(await hour.asked()).to.deep.equal([[10, 20, [fileId]]]);
    expect(await hour.stored()).to.include({ status: 'none', fileStatus: 'none', fileId: null, revision: 2 });
    const console = `/console/events/${hour.eventId}/replays/${hour.replayId}`;
    expect(await (await askPage(product, console, hour.cookie)).text()).to.include('recording was erased on');
    const gone = await askPage(product, `/replays/${hour.replayId}`);
    expect(gone.status).to.equal(410);
    expect(await gone.text()).to.include('organiser has erased');
    expect((await hour.erase(10, 20, hour.replayId)).status).to.equal(409);
    expect(await hour.asked()).to.have.length(1);
  });

  it('stay whole under a published replay, and while a session or a run goes on', async () => {
    const published = await openHour({ publishedAt: product.clock.now() });
    const answer = await published.erase(10, 20, published.replayId);
    expect(answer.status).to.equal(409);
    expect(await answer.text()).to.include('Take the replay back first');
    expect((await published.erase(0, 60, published.replayId)).status).to.equal(409);
    expect(await published.asked()).to.deep.equal([]);

    const live = await openHour();
    await SessionModel.updateOne(
      { _id: live.sessionIds[0] },
      { $set: { state: 'live', wentLiveAt: new Date(live.at(30)) } },
    );
    expect((await live.erase(20, 60)).status).to.equal(409);
    await SessionModel.updateOne(
      { _id: live.sessionIds[0] },
      { $set: { state: 'scheduled', wentLiveAt: null } },
    );
    const run = await StreamRunModel.findOneAndUpdate(
      { streamId: live.streamId },
      { $set: { state: 'started' } },
    ).orFail();
    await StreamModel.updateOne({ _id: live.streamId }, { $set: { runId: run._id } });
    expect((await live.erase(20, 60)).status).to.equal(409);
    expect(await live.read()).to.include('still being recorded');
    expect(await live.asked()).to.deep.equal([]);
  });

  it('are there for organisers of their event only', async () => {
    const hour = await openHour();
    const other = await openHour();
    const moderator = await seedMember(hour.organiserId, product.clock.now(), 'moderator');
    expect((await hour.erase(20, 60, '', moderator.cookie)).status).to.equal(403);
    expect((await hour.erase(20, 60, '', other.cookie)).status).to.equal(404);
    expect((await hour.erase(20, 60, '', '')).status).to.equal(401);
    const foreign = `/erase?stream=${other.streamId}&from=${hour.at(20)}&to=${hour.at(60)}`;
    expect((await askPage(product, hour.path + foreign, hour.cookie)).status).to.equal(404);
    expect(await hour.asked()).to.deep.equal([]);
  });

  it('go by themselves after as many days as their event says, but for what any replay uses', async () => {
    const drafts = await openHour({}, 91 * day);
    const young = await openHour({}, 80 * day);
    const forGood = await openHour({}, 400 * day);
    const soon = await openHour({ visibility: 'hidden' }, 8 * day);
    const lastWeek = await openHour({}, 6 * day);
    const save = ({ path, cookie }: typeof soon, days: string) => askPage(product, path, cookie, { days });
    expect((await save(forGood, '')).status).to.equal(303);
    expect((await save(soon, '7')).status).to.equal(303);
    expect((await save(lastWeek, '2')).status).to.equal(422);
    await EventModel.updateOne({ _id: lastWeek.eventId }, { $set: { recordingDays: 1 } });
    await eraseUnusedRecordings(product.deps);
    await eraseUnusedRecordings(product.deps);
    const rest = [
      [0, 10 - margin, []],
      [20 + margin, 60, []],
    ];
    expect(await drafts.asked()).to.deep.equal(rest);
    expect(await soon.asked()).to.deep.equal(rest);
    for (const kept of [young, forGood, lastWeek]) expect(await kept.asked()).to.deep.equal([]);
    expect(await drafts.stored()).to.include({ status: 'ready', fileStatus: 'ready' });
    const rows = await AuditEntryModel.find({ action: 'recording:unused-erased' }).lean();
    expect(rows.map(({ subject }) => subject.id)).to.have.members([drafts.eventId, soon.eventId]);
  });
});
