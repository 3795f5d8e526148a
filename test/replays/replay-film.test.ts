import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ReplayModel } from '../../server/replays/replay.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askPage, openRecordedDay, seedReplay } from './replay-day.ts';

describe('a film in the place of a recording', () => {
  let product: Product;
  let mp4: Buffer<ArrayBuffer>;
  before(async function () {
    this.timeout(30_000);
    const folder = mkdtempSync(join(tmpdir(), 'plenary-film-'));
    const source = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=10:duration=2', '-pix_fmt', 'yuv420p'];
    execFileSync('ffmpeg', ['-v', 'error', ...source, '-y', join(folder, 'film.mp4')]);
    mp4 = Buffer.from(readFileSync(join(folder, 'film.mp4')));
    rmSync(folder, { recursive: true });
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  const films = () => {
    const folder = join(product.deps.config.dataDirectory, 'films');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  async function openReplay(changes: Record<string, unknown> = {}) {
    const day = await openRecordedDay(product);
    const id = await seedReplay(product, day, day.sessionIds[1], { visibility: 'everyone', ...changes });
    const post = (part: string, body: FormData | Record<string, string>) =>
      askPage(product, `${day.path}/${id}/${part}`, day.cookie, body);
    const stored = () => ReplayModel.findById(id).orFail().lean();
    return { id, post, stored };
  }
  const film = (bytes: Buffer<ArrayBuffer>, revision = '1') => {
    const form = new FormData();
    form.append('revision', revision);
    form.append('file', new Blob([bytes]), '../../film.mp4');
    return form;
  };

  it('is shown with its own length, by Range, until the recording is put back', async () => {
    const { id, post, stored } = await openReplay({ trimStart: 60_000 });
    expect((await post('film', film(mp4))).status).to.equal(303);
    const { upload } = await stored();
    expect(upload).to.include({ bytes: mp4.length, durationMs: 2_000 });
    expect(films()).to.deep.equal([`${upload?.id}.mp4`]);
    const path = `/replays/${id}/film-${upload?.id}.mp4`;
    expect(await (await askPage(product, `/replays/${id}`)).text()).to.include(
      `<source src="${path}" type="video/mp4"`,
    );
    const part = await askPage(product, path, '', undefined, { range: 'bytes=4-7' });
    expect(part.status).to.equal(206);
    expect(part.headers.get('content-range')).to.equal(`bytes 4-7/${mp4.length}`);
    expect(part.headers.get('content-type')).to.equal('video/mp4');
    expect(await part.text()).to.equal('ftyp');
    expect((await askPage(product, `/replays/${id}/film-another-id.mp4`)).status).to.equal(404);

    await ReplayModel.updateOne({ _id: id }, { $set: { visibility: 'registered' } });
    expect((await askPage(product, path, '', undefined, { range: 'bytes=4-7' })).status).to.equal(303);
    expect((await post('film', film(mp4, '2'))).status).to.equal(303);
    expect(films()).to.deep.equal([`${(await stored()).upload?.id}.mp4`]);
    expect((await post('film-back', { revision: '3' })).status).to.equal(303);
    expect(films()).to.deep.equal([]);
    expect((await stored()).upload).to.equal(null);
  });

  it('is refused when it is not what it says, and nothing of it stays', async () => {
    const { post, stored } = await openReplay();
    const broken = Buffer.from(mp4);
    broken.writeUInt32BE(0x7fffffff, 0);
    for (const [what, bytes] of [
      ['a page', Buffer.from('<html><script>alert(1)</script>')],
      ['a page behind a first box', Buffer.concat([mp4.subarray(0, 32), Buffer.from('<html><script>')])],
      ['half a film', mp4.subarray(0, mp4.length - 100)],
      [
        'a film with something behind it',
        Buffer.concat([mp4, Buffer.from('PK\x03\x04 and a zip of malware')]),
      ],
      ['a box longer than the file', broken],
      ['nothing', Buffer.alloc(0)],
      ['an empty index', Buffer.from('\0\0\0\x08ftyp\0\0\0\x08moov', 'latin1')],
      ['Matroska', Buffer.from('\x1aE\xdf\xa3matroska', 'latin1')],
    ] as const) {
      const response = await post('film', film(Buffer.from(bytes)));
      expect(response.status, what).to.equal(422);
      expect(await response.text(), what).to.include('Choose an MP4');
    }
    const none = new FormData();
    none.append('revision', '1');
    expect((await post('film', none)).status).to.equal(422);
    expect((await post('film', film(mp4, '7'))).status).to.equal(409);
    expect(films()).to.deep.equal([]);
    expect(await stored()).to.include({ upload: null, revision: 1 });
  });

  it('may stand where nothing was recorded, and is not taken from under a published page', async () => {
    const { post, stored } = await openReplay({ status: 'none', streamId: null, publishedAt: null });
    const publish = { visibility: 'everyone', published: 'yes' };
    expect((await post('publish', { ...publish, revision: '1' })).status).to.equal(409);
    expect((await post('film', film(mp4))).status).to.equal(303);
    expect((await post('publish', { ...publish, revision: '2' })).status).to.equal(303);
    const refused = await post('film-back', { revision: '3' });
    expect(refused.status).to.equal(409);
    expect((await stored()).upload).to.not.equal(null);
    expect(films()).to.have.length(1);
  });
});
