import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { ReplayWatch } from '../../server/contracts/replay.ts';
import { createPathChecker } from '../../server/platform/media/origin/path-token.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { ReplayModel } from '../../server/replays/replay.model.ts';
import { WatchRightModel } from '../../server/streams/watch-right.model.ts';
import { listRevokedViewers } from '../../server/streams/watch.queries.ts';
import { seedMember } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askPage, openRecordedDay, seedReplay } from './replay-day.ts';

describe('a replay in the console', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  async function openReplay(changes: Record<string, unknown> = {}) {
    const day = await openRecordedDay(product);
    const id = await seedReplay(product, day, day.sessionIds[1], { publishedAt: null, ...changes });
    const path = `${day.path}/${id}`;
    const post = (part: string, body: Record<string, string> | FormData, cookie = day.cookie) =>
      askPage(product, `${path}/${part}`, cookie, body);
    const stored = () => ReplayModel.findById(id).orFail().lean();
    const read = async () => (await askPage(product, path, day.cookie)).text();
    return { ...day, id, path, post, stored, read };
  }
  const typed = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return form;
  };
  const file = (bytes: Buffer<ArrayBuffer> | string, revision = '1') => {
    const form = typed({ revision });
    form.append('file', new Blob([bytes]), 'captions.vtt');
    return form;
  };

  it('is published for whom the organiser says, and taken back, with an audit row each', async () => {
    const { post, stored, read, id } = await openReplay();
    const shown = { visibility: 'everyone', published: 'yes', downloadable: 'yes' };
    expect((await post('publish', { ...shown, revision: '1' })).status).to.equal(303);
    expect(await stored()).to.include({ visibility: 'everyone', isDownloadable: true, revision: 2 });
    expect((await askPage(product, `/replays/${id}`)).status).to.equal(200);
    expect(await read()).to.match(/name="published" value="yes" checked/);
    expect((await post('publish', { visibility: 'everyone', revision: '2' })).status).to.equal(303);
    expect(await stored()).to.include({ publishedAt: null, isDownloadable: false });
    expect((await askPage(product, `/replays/${id}`)).status).to.equal(404);
    const rows = await AuditEntryModel.find({ 'subject.id': id }).sort({ at: 1 }).lean();
    expect(rows.map(({ action }) => action)).to.have.members(['replay:published', 'replay:unpublished']);
  });

  it('is taken at once from those who have a path to it, and from nobody when it is shown to more', async () => {
    const { post, id, stored, eventId } = await openReplay({
      visibility: 'everyone',
      publishedAt: new Date(),
    });
    const checker = createPathChecker(product.deps.secrets, () => product.clock.now().getTime());
    const watch = async () => {
      const answer = await askPage(product, `/api/replays/${id}/watch`);
      const { source } = (await answer.json()) as Partial<ReplayWatch>;
      const [, , , token = '', scope = ''] = source?.path.split('/') ?? [];
      return () => {
        const checked = checker.check(token, scope);
        return checked.ok ? 'open' : checked.reason;
      };
    };
    /** What the media process is told now, and what it would hear at a start. */
    const told = async () => {
      const entries = await OutboxEntryModel.find({ kind: 'viewers:revoked' }).sort({ _id: 1 }).lean();
      const kept = await listRevokedViewers(product.clock.now());
      const viewers = entries.flatMap(({ payload }) => (payload as { viewers: string[] }).viewers);
      expect(kept.map(({ viewer }) => viewer)).to.include.members(viewers);
      for (const { viewer, until } of kept) checker.revoke([viewer], until);
    };
    const move = async (part: string, fields: Record<string, string>) => {
      const { revision } = await stored();
      expect((await post(part, { ...fields, revision: String(revision) })).status).to.equal(303);
      await told();
    };
    const everyone = { visibility: 'everyone', published: 'yes' };

    const first = await watch();
    await move('publish', { ...everyone, downloadable: 'yes' });
    expect(first()).to.equal('open');
    await move('publish', { visibility: 'everyone' });
    expect(first()).to.equal('revoked');
    await move('publish', everyone);
    const second = await watch();
    expect(second()).to.equal('open');
    await move('publish', { ...everyone, visibility: 'registered' });
    expect([first(), second()]).to.deep.equal(['revoked', 'revoked']);
    await move('publish', everyone);
    const third = await watch();
    await move('cut', { trimStart: '1:00', trimEnd: '', chapters: '' });
    const fourth = await watch();
    expect([third(), fourth()]).to.deep.equal(['revoked', 'open']);
    await move('publish', { ...everyone, visibility: 'hidden' });
    expect(fourth()).to.equal('revoked');
    const rights = await WatchRightModel.find({ eventId }).lean();
    expect(rights.map(({ _id, revokedTags }) => [_id, revokedTags.length])).to.deep.equal([[id, 4]]);
  });

  it('lets one of two organisers win and tells the other, whose words come back', async () => {
    const { post, stored } = await openReplay();
    const cut = { trimStart: '0:30', trimEnd: '', chapters: '0:00 Mine', revision: '1' };
    const answers = await Promise.all([post('cut', cut), post('cut', { ...cut, chapters: '0:00 Theirs' })]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409]);
    const told = await answers.find(({ status }) => status === 409)?.text();
    expect(told).to.include('changed meanwhile').and.include('name="revision" value="2"');
    expect(told).to.match(/0:00 (Mine|Theirs)/);
    expect((await stored()).revision).to.equal(2);
  });

  it('is there for organisers of its event only, and not for who only moderates', async () => {
    const { path, post, organiserId, stored } = await openReplay();
    const now = product.clock.now();
    const moderator = await seedMember(organiserId, now, 'moderator');
    const other = await openRecordedDay(product);
    const body = { visibility: 'everyone', published: 'yes', revision: '1' };
    for (const [cookie, status] of [
      [moderator.cookie, 403],
      [other.cookie, 404],
      ['', 401],
    ] as const) {
      expect((await post('publish', body, cookie)).status).to.equal(status);
      expect((await post('captions-file', file('WEBVTT'), cookie)).status).to.equal(status);
    }
    expect(
      (await askPage(product, path.replace(/events\/[^/]+/, `events/${other.eventId}`), other.cookie)).status,
    ).to.equal(404);
    expect(await stored()).to.include({ publishedAt: null, revision: 1 });
  });

  it('cuts its ends and names chapters at the times people see, and asks for the file anew', async () => {
    const { post, stored, read, id, streamId } = await openReplay({ fileId: 'file-of-before' });
    const cut = {
      trimStart: '1:30',
      trimEnd: '0:30',
      chapters: '0:00 Welcome\n\n2:05  The pilot ',
      revision: '1',
    };
    expect((await post('cut', cut)).status).to.equal(303);
    const replay = await stored();
    expect(replay).to.include({ trimStart: 90_000, trimEnd: 30_000, fileStatus: 'asked' });
    expect(replay.chapters.map(({ at, title }) => [at, title])).to.deep.equal([
      [90_000, 'Welcome'],
      [215_000, 'The pilot'],
    ]);
    const asked = await OutboxEntryModel.find({ kind: 'replay-file:asked' }).lean();
    expect(JSON.stringify(asked)).to.include(id).and.include(String(replay.fileId));
    // What was cut away is not to be had by the address of the file of before.
    const [dropped] = await OutboxEntryModel.find({ kind: 'replay-file:dropped' }).lean();
    expect(dropped?.payload).to.deep.equal({ streamId, fileId: 'file-of-before' });
    expect(await read())
      .to.include('0:00 Welcome\n2:05 The pilot')
      .and.include('value="1:30"');
  });

  it('says what is wrong beside its field and keeps what was typed', async () => {
    const { post, stored } = await openReplay();
    const whole = { trimStart: '', trimEnd: '', chapters: '', revision: '1' };
    for (const [change, sentence, status] of [
      [{ trimStart: '90' }, 'minutes:seconds', 422],
      [{ trimEnd: '0:99' }, 'minutes:seconds', 422],
      [{ trimStart: '6:00', trimEnd: '4:00' }, 'Cut off less', 409],
      [{ chapters: 'Welcome' }, 'Line 1: write the time', 422],
      [{ chapters: '1:00 One\n0:30 Two' }, 'Line 2: chapters come in order', 422],
      [{ chapters: `0:00 ${'x'.repeat(121)}` }, '120 characters', 422],
      [{ chapters: '11:00 Too late' }, 'after the end', 409],
    ] as const) {
      const response = await post('cut', { ...whole, ...change });
      expect(response.status, sentence).to.equal(status);
      const page = await response.text();
      expect(page).to.include(sentence);
      for (const value of Object.values(change)) expect(page).to.include(value.split('\n')[0]);
    }
    const odd = await post('publish', { visibility: 'nobody', revision: '1' });
    expect(odd.status).to.equal(422);
    expect((await post('publish', { visibility: 'hidden', revision: '1', surprise: 'x' })).status).to.equal(
      422,
    );
    expect(await stored()).to.include({ trimStart: 0, revision: 1 });
  });

  it('takes captions by file and by hand, clean, against the times people see', async () => {
    const { post, stored, read, id } = await openReplay({
      trimStart: 60_000,
      publishedAt: product.clock.now(),
      visibility: 'everyone',
    });
    const text = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script>Äpfel & <i>Birnen</i>\n';
    expect((await post('captions-file', file(text))).status).to.equal(303);
    expect((await stored()).cues?.map(({ from, to, text: said }) => [from, to, said])).to.deep.equal([
      [61_000, 62_000, 'alert(1)Äpfel & Birnen'],
    ]);
    expect(await read()).to.include('00:00:01.000 --&gt; 00:00:02.000'.replace('&gt;', '>'));
    const vtt = await (await askPage(product, `/replays/${id}/captions.vtt`)).text();
    expect(vtt).to.equal('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nalert(1)Äpfel &amp; Birnen\n');

    const long = Array.from({ length: 2_000 }, (_, index) => {
      const at = `0${Math.floor(index / 240)}:${String(Math.floor(index / 4) % 60).padStart(2, '0')}.${index % 4}00`;
      return `${at} --> 08:59.000\nCaption number ${index}, which is about as long as they are`;
    }).join('\n\n');
    expect(long.length).to.be.greaterThan(150_000);
    expect((await post('captions', typed({ cues: long, revision: '2' }))).status).to.equal(303);
    expect((await stored()).cues).to.have.length(2_000);
    const spoken = () => ReplayModel.findById(id).select('+spokenWords').orFail().lean();
    expect((await spoken()).spokenWords).to.include('about');
    expect((await post('captions-back', { revision: '3' })).status).to.equal(303);
    expect(await spoken()).to.deep.include({ cues: null, spokenWords: [] });
  });

  it('refuses captions that are none, in words, and leaves those that were there', async () => {
    const { post, stored } = await openReplay();
    for (const [bytes, sentence, status] of [
      ['not captions', 'begin with the line WEBVTT', 422],
      ['WEBVTT\n\n00:02.000 --> 00:01.000\nx', 'Line 3: the caption ends before it begins', 422],
      [Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nÄ', 'utf16le'), 'as UTF-8', 422],
      [Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nÄ', 'latin1'), 'as UTF-8', 422],
      [Buffer.alloc(10_000_000, 'WEBVTT\n\n'), '1 MB or less', 413],
      ['WEBVTT\n\n30:00.000 --> 30:01.000\nx', 'after the end of the video', 409],
    ] as const) {
      const response = await post('captions-file', file(bytes));
      expect(response.status, sentence).to.equal(status);
      expect(await response.text()).to.include(sentence);
    }
    const wrong = await post(
      'captions',
      typed({ cues: '00:03.000 --> 00:01.000\nKept words', revision: '1' }),
    );
    expect(wrong.status).to.equal(422);
    expect(await wrong.text())
      .to.include('ends before it begins')
      .and.include('Kept words');
    expect((await post('captions', typed({ cues: 'x'.repeat(1_000_001), revision: '1' }))).status).to.equal(
      413,
    );
    expect((await post('captions-file', typed({ revision: '1' }))).status).to.equal(422);
    expect(await stored()).to.include({ cues: null, revision: 1 });
  });
});
