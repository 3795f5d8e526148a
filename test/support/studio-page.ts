import type { Browser, Page } from 'playwright-core';
import { clockInPage } from '../../bench/stream/clock-picture.ts';

/** In the camera's place: a moving picture that says when it was made. The microphone is the browser's own. */
const clockCamera = `
  ${clockInPage}
  const devices = navigator.mediaDevices, open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    if (!wanted.video) return open(wanted);
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
    const context = canvas.getContext('2d', { alpha: false });
    setInterval(() => {
      // A small thing that moves: to encode a picture that is all new each time takes a core.
      context.fillStyle = '#246';
      context.fillRect(0, 40, 640, 320);
      context.fillStyle = '#fc6';
      context.fillRect((performance.now() / 10) % 600, 200, 40, 40);
      paintClock(context, 640, 360);
    }, 1000 / 15);
    return canvas.captureStream(15);
  };
`;

/** The studio of an event's main stage, on air. `hasUdp: false`: as where a network lets no UDP through. */
export async function goOnAir(
  browser: Browser,
  options: {
    readonly url: string;
    readonly eventId: string;
    readonly cookie: string;
    readonly hasUdp: boolean;
  },
): Promise<Page> {
  const { url, eventId, cookie, hasUdp } = options;
  const context = await browser.newContext({ viewport: { width: 360, height: 240 } });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  await page.addInitScript(clockCamera);
  if (!hasUdp)
    // No address of the server in its answer: no connection ever comes about.
    await page.route('**/live/whip', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replaceAll(/^a=candidate.*\r\n/gm, '');
      await route.fulfill({ response: answer, body });
    });
  await page.goto(`${url}/console/events/${eventId}/streams/main/studio`);
  for (const device of ['camera', 'microphone']) {
    await page.getByRole('button', { name: `Turn the ${device} on`, exact: true }).click();
    await page.getByRole('button', { name: `Turn the ${device} off`, exact: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Go on air', exact: true }).click();
  const words = hasUdp ? 'You are on air.' : 'You are on air, by the slower way';
  await page.waitForSelector(`[role=status]:has-text("${words}")`);
  return page;
}
