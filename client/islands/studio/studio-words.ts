import type { Layout } from './programme-layout.ts';
import type { Air, DeviceState } from './studio.store.ts';

type Choices = readonly (readonly [Layout, string])[];

export const aloneLayouts: Choices = [
  ['camera', 'Camera only'],
  ['screen', 'Screen only'],
  ['corner', 'Screen, camera in the corner'],
  ['side', 'Side by side'],
];
export const roomLayouts: Choices = [
  ['everybody', 'Everybody'],
  ['camera', 'One person'],
  ['screen', 'Screen only'],
  ['corner', 'Screen, one person in the corner'],
  ['side', 'Screen, people at the side'],
];
/** Those in which one person is shown. */
export const isOfOne = (layout: Layout) => layout === 'camera' || layout === 'corner';

/** Where going on air stands, in a sentence. */
export function airWords(air: Air): string {
  switch (air.kind) {
    case 'off':
      return 'You are not on air.';
    case 'asking':
      return 'Asking for your place on air.';
    case 'connecting':
      return air.way === 'whip'
        ? 'Connecting.'
        : 'Your network does not let the quick way through. Connecting by the other way.';
    case 'on':
      return air.way === 'whip'
        ? 'You are on air.'
        : 'You are on air, by the slower way: viewers see you about three seconds later.';
    case 'again':
      return 'The connection broke. Connecting again by itself.';
    case 'failed':
      return air.message;
  }
}

const names = { camera: 'camera', microphone: 'microphone', screen: 'screen' } as const;

/** What is wrong with a device, and what to do; empty when nothing is. */
export function deviceWords(name: keyof typeof names, state: DeviceState): string {
  if (state === 'starting') return 'Your browser asks you to allow it.';
  if (state === 'refused')
    return `Your browser does not let this page use the ${names[name]}. Allow it beside the address of the page, then try again.`;
  if (state === 'missing') return `No ${names[name]} was found. Plug one in, then try again.`;
  if (state === 'failed')
    return `The ${names[name]} could not be opened. Close other programs that use it, then try again.`;
  return '';
}
