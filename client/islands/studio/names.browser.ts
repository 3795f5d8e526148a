import type { Place } from './programme-layout.ts';

export interface Label {
  readonly name: string;
  readonly note: string;
}
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const [back, ink] = ['rgb(13 21 25 / 0.86)', '#f4f1ea'];
const face = (weight: number, size: number) => `${weight} ${size}px system-ui, sans-serif`;

/** Over the whole picture, at the lower left. */
export function drawBanner(
  context: Context,
  size: { readonly width: number; readonly height: number },
  { name, note }: Label,
): void {
  if (!name && !note) return;
  const [left, bottom, padding] = [48, size.height - 48, 24];
  const height = note ? 104 : 72;
  const widest = size.width / 2;
  context.textBaseline = 'alphabetic';
  context.font = face(600, 34);
  const nameWidth = context.measureText(name).width;
  context.font = face(400, 24);
  const width = Math.min(widest, Math.max(nameWidth, context.measureText(note).width)) + 2 * padding;
  context.fillStyle = back;
  context.fillRect(left, bottom - height, width, height);
  context.fillStyle = ink;
  context.fillText(note, left + padding, bottom - 24, widest);
  context.font = face(600, 34);
  context.fillText(name, left + padding, bottom - (note ? 60 : 24), widest);
}

/** In one of several pictures: the name alone, at its foot. */
export function drawName(context: Context, place: Place, name: string): void {
  if (!name) return;
  const [size, padding] = place.width < 360 ? [18, 8] : [22, 12];
  const height = size + 2 * padding;
  const widest = place.width - 2 * padding;
  context.textBaseline = 'middle';
  context.font = face(600, size);
  const width = Math.min(widest, context.measureText(name).width) + 2 * padding;
  const top = place.y + place.height - height;
  context.fillStyle = back;
  context.fillRect(place.x, top, width, height);
  context.fillStyle = ink;
  context.fillText(name, place.x + padding, top + height / 2, widest);
}
