import type { PlateLook } from './plate-look.ts';

interface Pattern {
  /** Class of the path: thin lines, solid dots or faint solids. */
  kind: 'lines' | 'solids' | 'faint';
  path: string;
}

type Draw = (look: PlateLook, width: number, height: number) => string;

/** One path a picture keeps the page small: a dozen portraits are a few kilobytes. */
export function platePattern(look: PlateLook, width: number, height: number): Pattern {
  const path = draw[look.pattern](look, width, height);
  if (look.pattern === 'dots') return { kind: 'solids', path };
  if (look.pattern === 'bars' || look.pattern === 'steps') return { kind: 'faint', path };
  return { kind: 'lines', path };
}

const round = (value: number) => Math.round(value * 10) / 10;
const circle = (x: number, y: number, r: number) =>
  `M${round(x - r)} ${round(y)}a${round(r)} ${round(r)} 0 1 0 ${round(2 * r)} 0a${round(r)} ${round(r)} 0 1 0 ${round(-2 * r)} 0`;

const waves: Draw = ({ turn, pitch }, width, height) => {
  const gap = 9 + pitch * 5;
  const swell = 12 + turn * 12;
  let path = '';
  for (let y = -30; y < height + 40; y += gap) {
    const at = (x: number) =>
      round(y + swell * Math.sin(x / (46 + 30 * turn) + y / 60) + x * (turn - 0.5) * 0.3);
    path += `M-10 ${at(-10)}`;
    for (let x = 20; x <= width + 30; x += 40) {
      path += `Q${x - 15} ${at(x - 15)} ${x} ${at(x)}`;
      path += `T${x + 10} ${at(x + 10)}`;
    }
  }
  return path;
};

const rings: Draw = ({ turn, pitch }, width, height) => {
  const gap = 12 + pitch * 6;
  let path = '';
  for (let r = gap; r < width + height; r += gap)
    path += circle(width * (0.15 + 0.7 * turn), height * (0.1 + pitch * 0.5), r);
  return path;
};

const bars: Draw = ({ turn, pitch }, width, height) => {
  let path = '';
  for (let x = 0, bar = 0; x < width; bar++) {
    const thick = 2 + 9 * Math.sin(bar * (0.45 + pitch * 0.4) + turn * 6) ** 2;
    path += `M${round(x)} 0h${round(thick)}v${height}h-${round(thick)}z`;
    x += thick + 6;
  }
  return path;
};

const dots: Draw = ({ turn }, width, height) => {
  let path = '';
  for (let row = 0, y = 0; y < height + 10; row++, y += 14) {
    const r = 6.4 * (turn > 0.5 ? 1 - y / height : y / height);
    if (r < 0.5) continue;
    for (let x = row % 2 ? 7 : 0; x < width + 10; x += 14) path += circle(x, y, r);
  }
  return path;
};

const steps: Draw = ({ turn, pitch }, width, height) => {
  const count = 8 + Math.round(pitch * 5);
  const step = width / count;
  let path = '';
  for (let column = 0; column < count; column++) {
    const place = turn > 0.5 ? column : count - 1 - column;
    const tall = height * (0.12 + (0.75 * (place + 1)) / count);
    path += `M${round(column * step)} ${height}v-${round(tall)}h${round(step - 3)}v${round(tall)}z`;
  }
  return path;
};

const rays: Draw = ({ turn, pitch }, width, height) => {
  const x = width * (0.2 + 0.6 * turn);
  const far = width + height;
  let path = '';
  for (let ray = 0; ray <= 40 + pitch * 20; ray++) {
    const angle = (Math.PI * ray) / (40 + pitch * 20);
    path += `M${round(x + 26 * Math.cos(angle))} ${round(height - 26 * Math.sin(angle))}L${round(x + far * Math.cos(angle))} ${round(height - far * Math.sin(angle))}`;
  }
  return path;
};

const scales: Draw = ({ turn, pitch }, width, height) => {
  const size = 34 + pitch * 16;
  let path = '';
  for (let row = 0, y = 0; y < height + size; row++, y += size / 2) {
    for (let x = row % 2 ? -size / 2 : 0; x < width + size; x += size) {
      for (let r = size / 2; r > 4; r -= 7 + turn * 3)
        path += `M${round(x - r)} ${round(y)}a${round(r)} ${round(r)} 0 0 1 ${round(2 * r)} 0`;
    }
  }
  return path;
};

const corners: Draw = ({ pitch }, width, height) => {
  const gap = 10 + pitch * 4;
  let path = '';
  for (let r = gap; r < height * 1.15; r += gap) path += circle(0, height, r) + circle(width, 0, r * 0.8);
  return path;
};

const draw: Record<PlateLook['pattern'], Draw> = { waves, rings, bars, dots, steps, rays, scales, corners };
