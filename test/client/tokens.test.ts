import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readSources } from '../architecture/source-files.ts';

const rawColour = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi;
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '');

describe('design tokens', () => {
  const sheets = readSources(['client'], /\.css$/);

  it('are the only place that holds raw colours', () => {
    const raw = sheets
      .filter(({ path }) => path !== 'client/styles/tokens.css')
      .flatMap(({ path, text }) =>
        (withoutComments(text).match(rawColour) ?? []).map((value) => `${path}: ${value}`),
      );
    expect(raw).to.deep.equal([]);
    expect('color: #b3131b; fill: rgb(1 2 3)'.match(rawColour)).to.have.length(2);
  });

  it('exist for every name that a style uses', () => {
    const defined = new Set(
      sheets.flatMap(({ text }) => [...text.matchAll(/(--[a-z0-9-]+)\s*:/g)].map(([, name]) => name)),
    );
    const used = sheets.flatMap(({ path, text }) =>
      [...text.matchAll(/var\((--[a-z0-9-]+)/g)].map(([, name]) => ({ path, name })),
    );
    expect(
      used.filter(({ name }) => !defined.has(name)).map(({ path, name }) => `${path}: ${name}`),
    ).to.deep.equal([]);
  });

  it('pass WCAG AA for every pair of words and ground, in both themes', () => {
    const text = readFileSync('client/styles/tokens.css', 'utf8');
    const [light = '', dark = ''] = text.split('@media (prefers-color-scheme: dark)');
    const read = (part: string) =>
      new Map(
        [...part.matchAll(/(--[a-z-]+): (#[0-9a-f]{6})/g)].map(
          ([, name = '', value = '']) => [name, value] as const,
        ),
      );
    const themes = [read(light), new Map([...read(light), ...read(dark)])];
    const pairs = [
      ['ink', 'paper'],
      ['ink', 'surface'],
      ['ink', 'sunken'],
      ['muted', 'paper'],
      ['muted', 'surface'],
      ['muted', 'sunken'],
      ['accent', 'paper'],
      ['accent', 'surface'],
      ['accent', 'sunken'],
      ['on-accent', 'accent'],
      ['live', 'paper'],
      ['live', 'surface'],
      ['on-live', 'live'],
      ['soon', 'paper'],
      ['soon', 'soon-soft'],
      ['good', 'paper'],
      ['good', 'good-soft'],
      ['error', 'paper'],
      ['error', 'surface'],
      ['error', 'error-soft'],
      ['on-error', 'error'],
      ['on-plate', 'plate'],
      ['on-stage', 'stage'],
      ['stage-muted', 'stage'],
    ] as const;
    const failing = themes.flatMap((theme, index) =>
      pairs
        .filter(([words, ground]) => contrast(theme.get(`--${words}`), theme.get(`--${ground}`)) < 4.5)
        .map(([words, ground]) => `${words} on ${ground}, theme ${index}`),
    );
    expect(failing).to.deep.equal([]);
    expect(contrast('#777777', '#ffffff')).to.be.closeTo(4.48, 0.01);
  });
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string | undefined, other: string | undefined): number {
  if (!one || !other) return 0;
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}
