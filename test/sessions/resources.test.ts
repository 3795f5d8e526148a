import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { getLiveSnapshot } from '../../server/live/live.queries.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { seedLiveDay, seedMember, seedViewer } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';

const pdf = Buffer.from('%PDF-1.7\n% a small one\n');

describe('links and files beside a session', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  const send = (path: string, cookie: string, body?: BodyInit, headers: Record<string, string> = {}) =>
    fetch(product.url + path, {
      ...(body === undefined ? {} : { method: 'POST', body }),
      headers: { cookie, origin: product.url, accept: 'text/html', ...headers },
      redirect: 'manual',
    });
  const links = (fields: Record<string, string>) => new URLSearchParams(fields);
  function upload(bytes: Uint8Array<ArrayBuffer> | Buffer<ArrayBuffer>, name = 'Slides.pdf', revision = '1') {
    const form = new FormData();
    form.append('revision', revision);
    form.append('title', '');
    form.append('file', new Blob([bytes]), name);
    return form;
  }
  const keptFiles = () => {
    const folder = join(product.deps.config.dataDirectory, 'files');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  async function openDay() {
    const now = product.clock.now();
    const day = await seedLiveDay(now);
    const { cookie } = await seedMember(day.organiserId, now);
    const path = `/console/events/${day.eventId}/sessions/${day.sessionIds[1]}`;
    const resources = async () => {
      const { sessions } = await getLiveSnapshot(day.eventId, 'viewers', now);
      return sessions.find(({ id }) => id === day.sessionIds[1])?.resources ?? [];
    };
    return { ...day, cookie, path, resources };
  }

  it('shows the links in the live room, tells open rooms, and lets one of two organisers win', async () => {
    const { organiserId, eventId, cookie, path, resources } = await openDay();
    const fields = { 'link-1-title': 'The report', 'link-1-url': 'https://report.example/1', revision: '1' };
    const answers = await Promise.all([1, 2].map(() => send(`${path}/resources`, cookie, links(fields))));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409]);
    const [shown, ...more] = await resources();
    expect(more).to.have.length(0);
    expect(shown).to.include({
      title: 'The report',
      kind: 'link',
      url: 'https://report.example/1',
      size: null,
    });
    const told = await OutboxEntryModel.find({ kind: 'event:agenda-changed' }).lean();
    expect(told.filter(({ payload }) => JSON.stringify(payload).includes(eventId))).to.have.length(1);
    expect(await AuditEntryModel.countDocuments({ organiserId })).to.equal(1);
    const page = await (await send(`${path}/resources`, cookie)).text();
    expect(page).to.include('value="The report"').and.include('name="revision" value="2"');
  });

  it('gives back what was typed when a link is wrong', async () => {
    const { cookie, path, resources } = await openDay();
    for (const [changes, sentence] of [
      [{ 'link-1-url': 'javascript:alert(1)' }, 'begins with https://'],
      [{ 'link-1-url': 'http://report.example' }, 'begins with https://'],
      [{ 'link-1-url': '' }, 'Enter the link itself'],
      [{ 'link-9-title': 'Too many' }, 'no such field'],
    ] as const) {
      const fields = { 'link-1-title': 'Kept', 'link-1-url': 'https://x.example', revision: '1', ...changes };
      const response = await send(`${path}/resources`, cookie, links(fields));
      expect(response.status).to.equal(422);
      expect(await response.text())
        .to.include(sentence)
        .and.include('Kept');
    }
    expect(await resources()).to.have.length(0);
  });

  it('keeps a file under a name of its own and gives it to people of the room only', async () => {
    const { slug, eventId, organiserId, cookie, path, resources } = await openDay();
    expect((await send(`${path}/files`, cookie, upload(pdf, '../../Slïdes.pdf'))).status).to.equal(303);
    const [file] = await resources();
    expect(file).to.include({ kind: 'file', size: pdf.length });
    expect(file?.title).to.include('Slïdes').and.not.include('.pdf');
    expect(keptFiles()).to.deep.equal([file?.url.split('/').at(-1)]);

    const now = product.clock.now();
    const viewer = await seedViewer(eventId, organiserId, now);
    const got = await send(file?.url ?? '', viewer.cookie);
    expect(got.status).to.equal(200);
    expect(Buffer.from(await got.arrayBuffer()).equals(pdf)).to.equal(true);
    expect(got.headers.get('content-type')).to.equal('application/pdf');
    expect(got.headers.get('content-disposition')).to.match(/^attachment/);
    expect(got.headers.get('content-security-policy')).to.equal("sandbox; default-src 'none'");
    expect(got.headers.get('x-content-type-options')).to.equal('nosniff');

    const banned = await seedViewer(eventId, organiserId, now);
    expect((await send(file?.url ?? '', banned.cookie)).status).to.equal(200);
    const { registrationId } = banned;
    await ParticipantModel.updateOne({ registrationId }, { $set: { bannedAt: now } });
    expect((await send(file?.url ?? '', banned.cookie)).status).to.equal(403);

    const elsewhere = await openDay();
    const stranger = await seedViewer(elsewhere.eventId, elsewhere.organiserId, now);
    expect((await send(file?.url ?? '', stranger.cookie)).status).to.equal(404);
    expect((await send(file?.url ?? '', '')).status).to.equal(303);
    expect((await send(`/live-files/${eventId}/..%2f..%2fsecret-key`, viewer.cookie)).status).to.equal(404);
    const other = (file?.url ?? '').replace(eventId, elsewhere.eventId);
    expect((await send(other, stranger.cookie)).status).to.equal(404);

    const remove = `${path}/files/${file?.id}/remove`;
    expect((await send(remove, viewer.cookie, links({ revision: '2' }))).status).to.equal(404);
    expect((await send(remove, cookie, links({ revision: '1' }))).status).to.equal(409);
    expect((await send(remove, cookie, links({ revision: '2' }))).status).to.equal(303);
    expect(keptFiles()).to.deep.equal([]);
    expect((await send(file?.url ?? '', viewer.cookie)).status).to.equal(404);
    expect(slug).to.be.a('string');
  });

  it('refuses what is too large, of another kind, from elsewhere or by somebody who may not', async () => {
    const { organiserId, sessionIds, cookie, path, resources } = await openDay();
    const files = `${path}/files`;
    const html = Buffer.from('\0<html><script>alert(1)</script>');
    expect((await send(files, cookie, upload(html, 'page.pdf'))).status).to.equal(422);
    expect(
      (await send(files, cookie, upload(Buffer.from('PK\x03\x04 just a zip'), 'x.docx'))).status,
    ).to.equal(422);
    const large = Buffer.alloc(20 * 1024 * 1024 + 1, 'a');
    expect((await send(files, cookie, upload(large, 'large.txt'))).status).to.equal(413);
    expect((await send(files, cookie, links({ revision: '1' }))).status).to.equal(422);
    const foreign = await send(files, cookie, upload(pdf), { origin: 'https://evil.example' });
    expect(foreign.status).to.equal(403);
    const moderator = await seedMember(organiserId, product.clock.now(), 'moderator');
    expect((await send(files, moderator.cookie, upload(pdf))).status).to.equal(403);
    await SessionModel.updateOne({ _id: sessionIds[1] }, { $inc: { revision: 1 } });
    expect((await send(files, cookie, upload(pdf))).status).to.equal(409);
    expect(await resources()).to.have.length(0);
    expect(keptFiles()).to.deep.equal([]);
  });
});
