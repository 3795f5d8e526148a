type Colour = readonly [red: number, green: number, blue: number];

const lightPaper = '#fbfaf7';
const darkPaper = '#10161b';
const black: Colour = [0, 0, 0];
const white: Colour = [255, 255, 255];
/** WCAG 2.2, 1.4.3: text needs 4.5 to 1. */
const wanted = 4.5;

/** An event's accent as style sheet: darker on light paper and lighter on dark until it can be read there. */
export function accentStyles(hex: string): string {
  const accent = parse(hex);
  const light = readable(accent, parse(lightPaper), black);
  const dark = readable(accent, parse(darkPaper), white);
  return `:root{${tokens(light, parse(lightPaper))}}@media (prefers-color-scheme:dark){:root{${tokens(dark, parse(darkPaper))}}}\n`;
}

function tokens(accent: Colour, paper: Colour): string {
  const onAccent = contrast(accent, white) >= contrast(accent, black) ? white : black;
  const soft = mix(paper, accent, 0.14);
  return `--accent:${format(accent)};--on-accent:${format(onAccent)};--accent-soft:${format(soft)}`;
}

function readable(accent: Colour, paper: Colour, towards: Colour): Colour {
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = mix(accent, towards, share);
    if (contrast(mixed, paper) >= wanted) return mixed;
  }
  return towards;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: Colour, other: Colour): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const mix = (from: Colour, to: Colour, share: number): Colour => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
];

export function parse(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const format = (colour: Colour) =>
  `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
