import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function chromiumPath(): string {
  const path = process.env.CHROMIUM_PATH ?? places.find((place) => existsSync(place));
  if (!path) throw new Error('No Chromium found: install it, or set CHROMIUM_PATH.');
  return path;
}

/** Starts the installed Chromium; close it in `after`. `hasCamera`: with a camera and a microphone that are not real. */
export function openBrowser({ hasCamera = false } = {}): Promise<Browser> {
  // Containers run as root, where Chromium's own sandbox refuses to start. The rest keeps it from calling home.
  const args = [
    '--no-sandbox',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    '--disable-component-update',
    ...(hasCamera ? ['--use-fake-device-for-media-stream=fps=30', '--use-fake-ui-for-media-stream'] : []),
  ];
  return chromium.launch({ executablePath: chromiumPath(), args });
}
