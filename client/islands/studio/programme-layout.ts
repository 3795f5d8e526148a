/** What goes on air, from what is on at the moment. */
export type Layout = 'camera' | 'everybody' | 'screen' | 'corner' | 'side';

export interface Place {
  /** The screen, or whoever is seen. */
  readonly picture: 'screen' | { readonly person: string };
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
type Box = Pick<Place, 'x' | 'y'> & Size;

export interface Present {
  /** Who may be seen, in order. */
  readonly people: readonly string[];
  readonly hasScreen: boolean;
  /** Who is shown where one person is; the first when they are not there. */
  readonly chosen: string | null;
}

/** Shares of the width, so that every size looks the same. */
const margin = 0.02;
const cornerWidth = 0.24;
const widest = 16 / 9;
const tallest = 3 / 4;

/** Where each picture goes, the lower one first. A layout whose other picture is off shows the one that is on. */
export function placePictures(layout: Layout, present: Present, size: Size): Place[] {
  const { people, hasScreen, chosen } = present;
  const full = { x: 0, y: 0, width: size.width, height: size.height };
  const screen: Place = { picture: 'screen', ...full, fit: 'contain' };
  const one = people.find((person) => person === chosen) ?? people[0];
  const gap = Math.round(size.width * margin);
  if (layout === 'screen') return hasScreen ? [screen] : [];
  if (layout === 'everybody') return inGrid(people, size, gap);
  if (layout === 'camera') return one === undefined ? [] : [seen(one, full)];
  if (one === undefined) return hasScreen ? [screen] : [];
  if (!hasScreen) return layout === 'side' ? inGrid(people, size, gap) : [seen(one, full)];
  if (layout === 'corner') {
    const small = {
      width: Math.round(size.width * cornerWidth),
      height: Math.round(size.height * cornerWidth),
    };
    const corner = { x: size.width - small.width - gap, y: size.height - small.height - gap, ...small };
    return [screen, seen(one, corner)];
  }
  const narrow = Math.round((size.width - 3 * gap) / 3);
  const wide = size.width - 3 * gap - narrow;
  const height = Math.round((wide * size.height) / size.width);
  const beside = { x: gap, y: Math.round((size.height - height) / 2), width: wide, height };
  return [{ ...screen, ...beside }, ...inColumn(people, 2 * gap + wide, narrow, size, gap)];
}

const seen = (person: string, box: Box): Place => ({ picture: { person }, ...box, fit: 'cover' });

/** One: the whole picture. More: cells of one size, the last row in the middle. */
function inGrid(people: readonly string[], size: Size, gap: number): Place[] {
  const [first] = people;
  if (first !== undefined && people.length === 1) return [seen(first, { x: 0, y: 0, ...sizeOf(size) })];
  const columns = people.length > 4 ? 3 : 2;
  const rows = Math.ceil(people.length / columns);
  const room = {
    width: (size.width - (columns + 1) * gap) / columns,
    height: (size.height - (rows + 1) * gap) / rows,
  };
  const height = Math.floor(Math.min(room.height, room.width * tallest));
  const width = Math.floor(Math.min(room.width, height * widest));
  const top = Math.round((size.height - rows * height - (rows - 1) * gap) / 2);
  return people.map((person, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, people.length - row * columns);
    const left = Math.round((size.width - inRow * width - (inRow - 1) * gap) / 2);
    const [x, y] = [left + (index % columns) * (width + gap), top + row * (height + gap)];
    return seen(person, { x, y, width, height });
  });
}

function inColumn(people: readonly string[], x: number, width: number, size: Size, gap: number): Place[] {
  const room = (size.height - (people.length + 1) * gap) / people.length;
  const height = Math.floor(Math.min(room, (width * 4) / 3));
  const top = Math.round((size.height - people.length * height - (people.length - 1) * gap) / 2);
  return people.map((person, index) => seen(person, { x, y: top + index * (height + gap), width, height }));
}

export interface Drawing {
  readonly from: Box;
  readonly to: Box;
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
