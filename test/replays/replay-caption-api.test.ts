import { expect } from 'chai';
import type { ReplayWatch } from '../../server/contracts/replay.ts';
import { ReplayModel } from '../../server/replays/replay.model.ts';
import { revokeTags } from '../../server/streams/revoke-tags.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askPage, openRecordedDay, seedReplay } from './replay-day.ts';

describe('captions of a replay for players that play its list by themselves', function () {
  this.timeout(30_000);
  let product: Product;
  before(async () => (product = await openProduct({ worker: false })));
  after(() => product.close());

  async function open() {
    const day = await openRecordedDay(product);
    const id = await seedReplay(product, day, day.sessionIds[1], {
      ...{ visibility: 'everyone', trimStart: 10_000 },
      cues: [
        { from: 9_000, to: 12_000, text: 'Good morning' },
        { from: 75_000, to: 80_000, text: 'No new <radiators>' },
      ],
    });
    const { source } = (await (await askPage(product, `/api/replays/${id}/watch`)).json()) as ReplayWatch;
    const [, , , token = '', scope = ''] = source.path.split('/');
    const read = (name: string, to = scope, by = token) =>
      fetch(`${product.url}/captions/t/${by}/${to}/${name}`);
    return { ...day, id, token, scope, read };
  }

  it('are timed from the clock of the picture, with the path of the pictures and no cookie', async () => {
    const { read, id } = await open();
    const first = await read('-977_60000_126000.vtt');
    expect(first.headers.get('content-type')).to.equal('text/vtt; charset=utf-8');
    expect(await first.text()).to.equal(
      'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:126000,LOCAL:00:00:00.000\n\n00:00:00.977 --> 00:00:02.977\nGood morning\n',
    );
    expect(await (await read('59023_60000_5526000.vtt')).text())
      .to.include('MPEGTS:5526000')
      .and.include('00:00:05.977 --> 00:00:10.977\nNo new &lt;radiators&gt;');
    const page = await (await askPage(product, `/replays/${id}`)).text();
    expect(page).to.include('main.m3u8?captions=en');
  });

  it('open to nobody whose path is forged, is of another replay, ran out or was taken back', async () => {
    const one = await open();
    const other = await open();
    const name = '0_60000_0.vtt';
    expect((await one.read(name, other.scope)).status).to.equal(403);
    expect((await one.read(name, one.scope, `${one.token}x`)).status).to.equal(403);
    for (const wrong of ['0.vtt', 'x_1_1.vtt', '..%2f', '0_1_99999999999.vtt'])
      expect((await one.read(wrong)).status, wrong).to.equal(404);
    await ReplayModel.updateOne({ _id: other.id }, { $inc: { takenBack: 1 } });
    expect((await other.read(name)).status).to.equal(404);
    const viewer = one.token.split('.')[1] ?? '';
    await revokeTags([{ holderId: 'somebody', eventId: one.eventId, tag: viewer }], product.deps);
    expect((await one.read(name)).status).to.equal(403);
    const late = await open();
    expect((await late.read(name)).status).to.equal(200);
    product.clock.advance({ minutes: 11 });
    expect((await late.read(name)).status).to.equal(403);
  });
});
