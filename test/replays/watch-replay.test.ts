import { expect } from 'chai';
import type { ReplayWatch } from '../../server/contracts/replay.ts';
import { CaptionModel } from '../../server/captions/caption.model.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { createPathChecker, replayScope } from '../../server/platform/media/origin/path-token.ts';
import { newId } from '../../server/platform/new-id.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { ReplayModel } from '../../server/replays/replay.model.ts';
import { seedMember, seedViewer } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askPage, openRecordedDay, seedReplay } from './replay-day.ts';

describe('watching a replay', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  const ask = (path: string, cookie = '', headers = {}) => askPage(product, path, cookie, undefined, headers);
  const statusOf = async (path: string, cookie = '') => (await ask(path, cookie)).status;
  const watch = async (id: string, cookie = '') => {
    const response = await ask(`/api/replays/${id}/watch`, cookie);
    const body = (await response.json()) as ReplayWatch & { code?: string };
    return { ...body, status: response.status, type: response.headers.get('content-type') ?? '' };
  };
  const viewerOf = (path: string) => /\/live\/t\/[^.]+\.([^.]+)\./.exec(path)?.[1];

  it('opens to people of the event and their organiser, and to nobody else', async () => {
    const now = product.clock.now();
    const day = await openRecordedDay(product);
    const elsewhere = await openRecordedDay(product);
    const id = await seedReplay(product, day, day.sessionIds[1]);
    const viewer = await seedViewer(day.eventId, day.organiserId, now);
    const stranger = await seedViewer(elsewhere.eventId, elsewhere.organiserId, now);

    expect(await statusOf(`/replays/${id}`, viewer.cookie)).to.equal(200);
    expect(await statusOf(`/replays/${id}`, day.cookie)).to.equal(200);
    const unknown = await ask(`/replays/${id}`);
    expect(unknown.status).to.equal(303);
    expect(unknown.headers.get('location')).to.equal(`/sign-in?next=${encodeURIComponent(`/replays/${id}`)}`);
    expect(await statusOf(`/replays/${id}`, stranger.cookie)).to.equal(403);
    expect(await statusOf(`/replays/${id}`, elsewhere.cookie)).to.equal(403);
    for (const part of ['captions.vtt', 'transcript.txt', 'download'])
      expect(await statusOf(`/replays/${id}/${part}`, stranger.cookie), part).to.equal(403);

    const refused = await watch(id, stranger.cookie);
    expect(refused).to.include({ status: 403, code: 'forbidden' });
    expect(refused.type).to.include('application/problem+json');
    expect(await watch(id)).to.include({ status: 401, code: 'not-signed-in' });
    expect(await watch('no-such-replay', viewer.cookie)).to.include({ status: 404 });
  });

  it('is not there at all before it is published, while it is hidden or while its session goes on', async () => {
    const now = product.clock.now();
    const day = await openRecordedDay(product);
    const viewer = await seedViewer(day.eventId, day.organiserId, now);
    const other = await seedMember(newId(), now);
    const id = await seedReplay(product, day, day.sessionIds[1]);
    for (const changes of [
      { publishedAt: null, visibility: 'everyone' },
      { publishedAt: now, visibility: 'hidden' },
      { publishedAt: now, visibility: 'everyone', status: 'recording' },
    ]) {
      await ReplayModel.updateOne({ _id: id }, { $set: changes });
      expect(await statusOf(`/replays/${id}`, viewer.cookie)).to.equal(404);
      expect(await statusOf(`/replays/${id}`, other.cookie)).to.equal(404);
      expect(await statusOf(`/replays/${id}`)).to.equal(404);
      expect((await watch(id, viewer.cookie)).status).to.equal(404);
    }
    await ReplayModel.updateOne({ _id: id }, { $set: { status: 'ready', visibility: 'hidden' } });
    const page = await (await ask(`/replays/${id}`, day.cookie)).text();
    expect(page).to.include('Only your organisation can watch this');
  });

  it('gives each reader a path of ten minutes to what is watched, and to nothing before or after', async () => {
    const day = await openRecordedDay(product);
    const trims = { trimStart: 60_000, trimEnd: 30_000, fileId: 'file-id-0001', fileStatus: 'ready' };
    const id = await seedReplay(product, day, day.sessionIds[1], { ...trims, visibility: 'everyone' });
    const { from, to } = await ReplayModel.findById(id).orFail().lean();
    const range = { from: from.getTime() + 60_000, to: (to?.getTime() ?? 0) - 30_000 };
    const { source } = await watch(id);
    if (source.kind !== 'hls') throw new Error('Not a stream');
    const [, , , , scope = ''] = source.path.split('/');
    expect(scope).to.match(
      new RegExp(`^${replayScope(day.streamId, range.from, range.to)}~[\\w-]{22}~file-id-0001$`),
    );
    expect(source.expiresAt).to.equal(product.clock.now().getTime() + 600_000);
    const token = source.path.split('/')[3] ?? '';
    const checker = createPathChecker(product.deps.secrets, () => product.clock.now().getTime());
    expect(checker.check(token, scope)).to.include({ ok: true });
    const tag = scope.split('~')[3] ?? '';
    for (const other of [
      replayScope(day.streamId, from.getTime(), range.to, { tag, fileId: 'file-id-0001' }),
      replayScope(day.streamId, range.from, range.to, { tag, fileId: 'file-id-0002' }),
      replayScope(day.streamId, range.from, range.to, { tag: 'another-replay', fileId: 'file-id-0001' }),
    ])
      expect(checker.check(token, other)).to.include({ ok: false });
    expect(checker.check(token, day.streamId)).to.include({ ok: false });

    const [one, again] = [await watch(id), await watch(id)];
    expect(viewerOf(one.source.path)).to.not.equal(viewerOf(again.source.path));
    const now = product.clock.now();
    const viewer = await seedViewer(day.eventId, day.organiserId, now);
    const [mine, mineAgain] = [await watch(id, viewer.cookie), await watch(id, viewer.cookie)];
    expect(viewerOf(mine.source.path)).to.equal(viewerOf(mineAgain.source.path));
  });

  it('ends for who gave up their place or was sent out', async () => {
    const now = product.clock.now();
    const day = await openRecordedDay(product);
    const id = await seedReplay(product, day, day.sessionIds[1]);
    const left = await seedViewer(day.eventId, day.organiserId, now);
    const banned = await seedViewer(day.eventId, day.organiserId, now);
    for (const { cookie } of [left, banned]) expect((await watch(id, cookie)).status).to.equal(200);
    await RegistrationModel.updateOne({ _id: left.registrationId }, { $set: { status: 'cancelled' } });
    await ParticipantModel.updateOne({ registrationId: banned.registrationId }, { $set: { bannedAt: now } });
    for (const { cookie } of [left, banned]) expect((await watch(id, cookie)).status).to.equal(403);
  });

  it('reads without script: picture, chapters, a transcript that jumps, what comes next', async () => {
    const day = await openRecordedDay(product);
    const id = await seedReplay(product, day, day.sessionIds[1], {
      visibility: 'everyone',
      trimStart: 60_000,
      fileId: 'file-id-0009',
      fileStatus: 'ready',
      fileBytes: 350_000_000,
      isDownloadable: true,
      chapters: [
        { at: 0, title: 'Before the cut' },
        { at: 90_000, title: 'Why heat pumps' },
      ],
    });
    await seedReplay(product, day, day.sessionIds[2], { visibility: 'everyone' });
    const { from } = await ReplayModel.findById(id).orFail().lean();
    const said = (seconds: number, text: string) => ({
      _id: newId(),
      organiserId: day.organiserId,
      eventId: day.eventId,
      stageId: 'main',
      from: new Date(from.getTime() + seconds * 1_000),
      to: new Date(from.getTime() + (seconds + 3) * 1_000),
      text,
      by: 'link',
      createdAt: from,
    });
    await CaptionModel.insertMany([
      said(-5, 'Before it began'),
      said(30, 'Cut away'),
      said(64.5, 'Hello <b>all</b>'),
      said(700, 'After'),
    ]);

    const page = await (await ask(`/replays/${id}?t=1:30`)).text();
    expect(page).to.match(
      /<source src="\/live\/t\/[^"]+\/main\.m3u8\?captions=en#t=90" type="application\/vnd\.apple\.mpegurl"/,
    );
    expect(page).to.match(/<source src="\/live\/t\/[^"]+\/file\/file-id-0009\.mp4#t=90" type="video\/mp4"/);
    expect(page).to.include(`<track kind="captions" src="/replays/${id}/captions.vtt"`);
    expect(page).to.include(`<a href="/replays/${id}?t=30"><span class="vh">Play from </span>0:30</a>`);
    expect(page).to.include(`<a href="/replays/${id}?t=4">`).and.include('Hello &lt;b>all&lt;/b>');
    expect(page).to.include('Before the cut').and.not.include('Cut away');
    expect(page).to.include('Watch next').and.include('Closing').and.include('350 MB');

    const vtt = await ask(`/replays/${id}/captions.vtt`);
    expect(vtt.headers.get('content-type')).to.equal('text/vtt; charset=utf-8');
    expect(await vtt.text()).to.equal(
      'WEBVTT\n\n00:00:04.500 --> 00:00:07.500\nHello &lt;b&gt;all&lt;/b&gt;\n',
    );
    expect(await (await ask(`/replays/${id}/transcript.txt`)).text()).to.equal('0:04  Hello <b>all</b>\n');
    const download = await ask(`/replays/${id}/download`);
    expect(download.status).to.equal(303);
    expect(download.headers.get('location')).to.match(/^\/live\/t\/.+\/file\/file-id-0009\.mp4$/);
    await ReplayModel.updateOne({ _id: id }, { $set: { isDownloadable: false } });
    expect(await statusOf(`/replays/${id}/download`)).to.equal(404);
  });
});
