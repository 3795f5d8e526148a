/** What goes on air, from what is on at the moment. */
export type Layout = 'camera' | 'screen' | 'corner' | 'side';
export type PictureName = 'camera' | 'screen';

export interface Place {
  readonly picture: PictureName;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** cover: fills the place, edges are cut off; contain: the whole picture is seen. */
  readonly fit: 'cover' | 'contain';
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Shares of the width, so that every size looks the same. */
const margin = 0.02;
const cornerWidth = 0.24;

/** Where each picture goes, the lower one first. A layout whose other picture is off shows the one that is on. */
export function placePictures(
  layout: Layout,
  has: Readonly<Record<PictureName, boolean>>,
  { width, height }: Size,
): Place[] {
  const full = { x: 0, y: 0, width, height };
  const camera: Place = { picture: 'camera', ...full, fit: 'cover' };
  const screen: Place = { picture: 'screen', ...full, fit: 'contain' };
  if (!has.camera && !has.screen) return [];
  if (!has.screen) return layout === 'screen' ? [] : [camera];
  if (!has.camera) return layout === 'camera' ? [] : [screen];
  if (layout === 'camera') return [camera];
  if (layout === 'screen') return [screen];
  const gap = Math.round(width * margin);
  if (layout === 'corner') {
    const small = { width: Math.round(width * cornerWidth), height: Math.round(height * cornerWidth) };
    const corner = { x: width - small.width - gap, y: height - small.height - gap, ...small };
    return [screen, { ...camera, ...corner }];
  }
  const third = Math.round((width - 3 * gap) / 3);
  const [narrow, wide] = [third, width - 3 * gap - third];
  const tall = Math.round((narrow * 4) / 3);
  const wideHeight = Math.round((wide * height) / width);
  return [
    { ...screen, x: gap, y: Math.round((height - wideHeight) / 2), width: wide, height: wideHeight },
    { ...camera, x: 2 * gap + wide, y: Math.round((height - tall) / 2), width: narrow, height: tall },
  ];
}

export interface Drawing {
  readonly from: { readonly x: number; readonly y: number } & Size;
  readonly to: { readonly x: number; readonly y: number } & Size;
}

/** Which part of a picture is drawn where; null while the picture has no size yet. */
export function fitPicture(picture: Size, place: Omit<Place, 'picture'>): Drawing | null {
  if (picture.width <= 0 || picture.height <= 0) return null;
  const { x, y, width, height, fit } = place;
  const [across, down] = [width / picture.width, height / picture.height];
  if (fit === 'contain') {
    const scale = Math.min(across, down);
    const [w, h] = [picture.width * scale, picture.height * scale];
    const to = { x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h };
    return { from: { x: 0, y: 0, ...sizeOf(picture) }, to };
  }
  const scale = Math.max(across, down);
  const [w, h] = [width / scale, height / scale];
  const from = { x: (picture.width - w) / 2, y: (picture.height - h) / 2, width: w, height: h };
  return { from, to: { x, y, width, height } };
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height });
