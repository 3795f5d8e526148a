import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { placePictures, type Layout } from '../../client/islands/studio/programme-layout.ts';
import { findStreamOfStage } from '../../server/streams/stream.queries.ts';
import { seedLiveDay, seedMember, seedSpeaker } from '../live/live-day.ts';
import { openBrowser } from '../support/browser.ts';
import { startMediaProcess, type MediaProcess } from '../support/media-process.ts';
import { complaintsOn, overflowOn, violationsOn } from '../support/pages/page-faults.ts';
import { freePort, openProduct, type Product } from '../support/product.ts';
import {
  coloursIn,
  cutPeers,
  descriptionLength,
  openStudioPage,
  openStudioTab,
  tonesIn,
  turnOnDevices,
  type StudioPerson,
} from '../support/studio-room-pages.ts';
import { until } from '../support/until.ts';

const hannah: StudioPerson = { name: 'red', hertz: 440 };
const ann: StudioPerson = { name: 'green', hertz: 930 };
const bob: StudioPerson = { name: 'blue', hertz: 1_510 };
const tones = [440, 930, 1_510];
const programme = '.studio-preview';
const fromHost = 'video[data-peer=host]';

describe('the backstage room of a stage', function () {
  this.timeout(120_000);
  let product: Product;
  let media: MediaProcess;
  let browser: Browser;
  let dataDirectory: string;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  const cookies = { host: '', ann: '', bob: '' };
  const pages = {} as Record<'host' | 'ann' | 'bob', Page>;
  let complaints: string[] = [];

  before(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'plenary-studio-room-'));
    const port = await freePort();
    [product, browser] = await Promise.all([
      openProduct({ worker: false, looks: true, environment: { MEDIA_URL: `http://127.0.0.1:${port}` } }),
      openBrowser({ hasCamera: true }),
    ]);
    media = await startMediaProcess({
      ...{ dataDirectory, secretKey: 'ab'.repeat(32), webUrl: product.url, port },
      environment: { FFMPEG_PATH: '/nowhere' },
    });
    const now = product.clock.now();
    day = await seedLiveDay(now);
    cookies.host = (await seedMember(day.organiserId, now)).cookie;
    cookies.ann = (await seedSpeaker(day.organiserId, day.sessionIds[1], now, 'Ann Lee')).cookie;
    cookies.bob = (await seedSpeaker(day.organiserId, day.sessionIds[1], now, 'Bob Rees')).cookie;
    const speakers = `/events/${day.slug}/backstage/studio`;
    const ofOrganiser = `/console/events/${day.eventId}/streams/main/studio`;
    const { url } = product;
    pages.host = await openStudioPage(browser, { url, path: ofOrganiser, cookie: cookies.host }, hannah);
    complaints = complaintsOn(pages.host);
    pages.ann = await openStudioPage(browser, { url, path: speakers, cookie: cookies.ann, width: 360 }, ann);
    pages.bob = await openStudioPage(browser, { url, path: speakers, cookie: cookies.bob }, bob);
  });
  after(async () => {
    await browser?.close();
    await media?.kill();
    await product?.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const says = (page: Page, words: string) =>
    page.locator(`.studio-room > [role=status]:has-text("${words}")`).waitFor({ timeout: 30_000 });
  const count = (list: readonly (number | string)[]) => list.join();
  const hear = (page: Page, where: string, ...expected: number[]) =>
    until(
      `${count(expected) || 'silence'} to be heard`,
      async () => count((await tonesIn(page, where, tones)) ?? ['nothing']) === count(expected),
      20_000,
    );

  /** In the middle of each place that `people` have in a layout, there is their colour. */
  const see = (page: Page, layout: Layout, people: readonly StudioPerson[]) => {
    const names = people.map(({ name }) => name);
    const size = { width: 1, height: 9 / 16 };
    const places = placePictures(
      layout,
      { people: names, hasScreen: false, chosen: names[0] ?? null },
      {
        width: 1280,
        height: 720,
      },
    ).map(
      ({ x, y, width, height }) => [((x + width / 2) / 1280) * size.width, (y + height / 2) / 720] as const,
    );
    return until(
      `a picture of ${names.join(' and ')}`,
      async () =>
        count(await coloursIn(page, page === pages.host ? programme : fromHost, places)) === count(names),
      20_000,
    );
  };

  it('waits for its host, and lets guests in by themselves when the host opens it', async () => {
    const { host } = pages;
    await turnOnDevices(pages.ann);
    await press(pages.ann, 'Join the backstage room');
    await says(pages.ann, 'Waiting for the host to open the room');
    expect(await pages.ann.getByRole('button', { name: 'Go on air' }).count()).to.equal(0);
    await turnOnDevices(host);
    await press(host, 'Open the backstage room');
    await says(pages.ann, 'You are in the room, not on air.');
    await turnOnDevices(pages.bob);
    await press(pages.bob, 'Join the backstage room');
    await says(pages.bob, 'You are in the room, not on air.');
    const guests = await host.getByRole('heading', { level: 3 }).allTextContents();
    expect(guests.sort()).to.deep.equal(['Ann Lee', 'Bob Rees']);
    await host
      .getByText(/(Good|Weak) connection/)
      .nth(1)
      .waitFor();
    for (const page of Object.values(pages)) {
      expect(await descriptionLength(page)).to.be.within(1_000, 8_000);
      expect(await violationsOn(page)).to.deep.equal([]);
      expect(await overflowOn(page)).to.equal(0);
    }
  });

  it('gives each guest everybody else, and viewers the host alone while nobody is on air', async () => {
    await hear(pages.host, programme, 440);
    await hear(pages.ann, fromHost, 440, 1_510);
    await hear(pages.bob, fromHost, 440, 930);
    await see(pages.host, 'everybody', [hannah]);
    await see(pages.ann, 'everybody', [hannah]);
  });

  it('brings guests into picture and sound when the host puts them on air, and goes on air with them', async () => {
    const { host } = pages;
    await press(host, 'Put on air: Ann Lee');
    await press(host, 'Put on air: Bob Rees');
    await see(host, 'everybody', [hannah, ann, bob]);
    await see(pages.bob, 'everybody', [hannah, ann, bob]);
    await hear(host, programme, 440, 930, 1_510);
    await hear(pages.ann, fromHost, 440, 1_510);
    await says(pages.ann, 'You are in the room, not on air.');
    await press(host, 'Go on air');
    await host.waitForSelector('[role=status]:has-text("You are on air.")');
    await says(pages.ann, 'You are on air.');
    await until(
      'pictures at the media process',
      async () => (await findStreamOfStage(day.eventId, 'main'))?.runId,
    );
    await host.getByRole('radio', { name: 'One person', exact: true }).check();
    await host.getByRole('radio', { name: 'Bob Rees' }).check();
    await see(host, 'camera', [bob]);
    await host.getByRole('article', { name: 'Bob Rees' }).getByLabel('Name in the picture').check();
    await host.getByLabel('Written as').fill('Bob Rees, Cardiff');
    expect(await violationsOn(host)).to.deep.equal([]);
    expect(await violationsOn(pages.ann)).to.deep.equal([]);
    await host.getByLabel('Everybody').check();
  });

  it('silences a guest for viewers and for everybody in the room, and says so to them', async () => {
    const mute = pages.host.getByRole('button', { name: 'Mute: Ann Lee' });
    await mute.press('Enter');
    expect(await mute.getAttribute('aria-pressed')).to.equal('true');
    await says(pages.ann, 'The host has muted you');
    await hear(pages.host, programme, 440, 1_510);
    await hear(pages.bob, fromHost, 440);
    await mute.press('Enter');
    await hear(pages.host, programme, 440, 930, 1_510);
    await press(pages.host, 'Mute me');
    await hear(pages.host, programme, 930, 1_510);
    await press(pages.host, 'Mute me');
  });

  it('is mended by itself when a connection breaks, and the guest comes back as they were', async () => {
    await press(pages.host, 'Mute: Bob Rees');
    await hear(pages.host, programme, 440, 930);
    await cutPeers(pages.host);
    await says(pages.ann, 'The connection to the host is lost. Coming back by itself.');
    await says(pages.ann, 'You are on air.');
    await says(pages.bob, 'The host has muted you');
    await see(pages.host, 'everybody', [hannah, ann, bob]);
    await hear(pages.host, programme, 440, 930);
    await press(pages.host, 'Mute: Bob Rees');
  });

  it('shows nobody whose browser died, and takes their new page in their place, off air', async () => {
    const context = pages.bob.context();
    const inspector = await context.newCDPSession(pages.bob);
    // Who crashes does not answer.
    void inspector.send('Page.crash').catch(() => undefined);
    await see(pages.host, 'everybody', [hannah, ann]);
    const where = { url: product.url, path: `/events/${day.slug}/backstage/studio` };
    pages.bob = await openStudioTab(await context.newPage(), where, bob);
    await turnOnDevices(pages.bob);
    await press(pages.bob, 'Join the backstage room');
    await says(pages.bob, 'You are in the room, not on air.');
    expect(await pages.host.getByRole('heading', { level: 3, name: 'Bob Rees' }).count()).to.equal(1);
    await see(pages.host, 'everybody', [hannah, ann]);
    await press(pages.host, 'Put on air: Bob Rees');
    await see(pages.host, 'everybody', [hannah, ann, bob]);
  });

  it('takes a guest whose page is closed out of picture, sound and list at once', async () => {
    await pages.bob.close();
    await see(pages.host, 'everybody', [hannah, ann]);
    await hear(pages.host, programme, 440, 930);
    await until('one guest', async () => (await pages.host.getByRole('heading', { level: 3 }).count()) === 1);
  });

  it('is left by the tab whose person joins in another', async () => {
    const where = { url: product.url, path: `/events/${day.slug}/backstage/studio` };
    const second = await openStudioTab(await pages.ann.context().newPage(), where, ann);
    await turnOnDevices(second);
    await press(second, 'Join the backstage room');
    await says(second, 'You are in the room, not on air.');
    await says(pages.ann, 'The room was opened in another page');
    expect(await violationsOn(pages.ann)).to.deep.equal([]);
    await pages.ann.close();
    pages.ann = second;
  });

  it('comes back by itself for its guests when the host’s page was loaded anew and opens it again', async () => {
    const { host } = pages;
    host.on('dialog', (dialog) => void dialog.accept());
    await host.reload();
    await says(pages.ann, 'Waiting for the host');
    await turnOnDevices(host);
    await press(host, 'Open the backstage room');
    await says(pages.ann, 'You are in the room, not on air.');
    await press(host, 'Put on air: Ann Lee');
    await see(host, 'everybody', [hannah, ann]);
    await hear(pages.ann, fromHost, 440);
    await press(host, 'Close the backstage room');
    await says(pages.ann, 'Waiting for the host');
    await press(pages.ann, 'Leave the backstage room');
    await pages.ann.getByRole('button', { name: 'Go on air' }).waitFor();
    // Chromium itself loses one picture when a guest's track ends under its reader.
    const ours = complaints.filter(
      (complaint) => !complaint.startsWith('A VideoFrame was garbage collected'),
    );
    expect(ours).to.deep.equal([]);
  });
});
