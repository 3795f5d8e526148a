/** The product's tokens as mail clients need them: plain values, inline. The same names as in client/styles/tokens.css. */
const light = {
  sunken: '#f1efe9',
  paper: '#fbfaf7',
  ink: '#17202a',
  muted: '#535c66',
  line: '#d9d5cb',
  accent: '#0b5c63',
  onAccent: '#ffffff',
  accentSoft: '#dcebea',
  seatTaken: '#5d9296',
  seatFree: '#2b7178',
};
const dark = {
  sunken: '#10161b',
  paper: '#182027',
  ink: '#f0ede6',
  muted: '#aab3bb',
  line: '#313b44',
  accent: '#6fc3c4',
  onAccent: '#07282b',
  banner: '#103539',
};
const serif = "Georgia,'Times New Roman',serif";
const sans = "'Public Sans',-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
// A word longer than the screen would widen the whole mail, and cut the rest of it off.
const breaks = 'overflow-wrap:anywhere;word-break:break-word';

/** Inline styles, by what they are for. Nothing is smaller than 16 px. */
export const styles = {
  body: `margin:0;padding:0;background-color:${light.sunken}`,
  preview: 'display:none;max-height:0;overflow:hidden;mso-hide:all',
  page: `background-color:${light.sunken}`,
  outer: 'padding:24px 12px 40px',
  card: `width:100%;text-align:left;max-width:600px;background-color:${light.paper};border-radius:6px`,
  masthead: 'padding:28px 40px 24px',
  mastheadName: `margin:0;font:700 22px/26px ${serif};letter-spacing:-0.3px;color:${light.ink};${breaks}`,
  banner: `padding:36px 40px 32px;background-color:${light.accent}`,
  bannerAbove: `margin:0 0 12px;font:600 16px/24px ${sans};color:${light.accentSoft}`,
  bannerTitle: `margin:0;font:400 46px/48px ${serif};letter-spacing:-1px;color:${light.paper};${breaks}`,
  bannerBelow: `margin:12px 0 0;font:400 22px/30px ${serif};color:${light.paper};${breaks}`,
  section: 'padding:0 40px 28px',
  firstSection: 'padding:32px 40px 8px',
  heading: `margin:0 0 8px;font:600 22px/28px ${serif};color:${light.ink};${breaks}`,
  paragraph: `margin:0 0 16px;font:400 17px/27px ${sans};color:${light.ink};${breaks}`,
  list: `margin:0 0 16px;padding:0 0 0 24px;font:400 17px/27px ${sans};color:${light.ink};${breaks}`,
  quote: `margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid ${light.line}`,
  preformatted: `margin:0 0 16px;font:400 16px/25px monospace;color:${light.ink};white-space:pre-wrap;${breaks}`,
  link: `color:${light.accent};text-decoration:underline;${breaks}`,
  buttonTable: 'margin:8px 0 24px',
  buttonCell: `border-radius:6px;background-color:${light.accent}`,
  button: `display:inline-block;padding:15px 28px;border:1px solid ${light.accent};border-radius:6px;font:700 18px/24px ${sans};color:${light.onAccent};text-decoration:none`,
  code: `margin:0 0 16px;font:700 34px/42px ${sans};letter-spacing:4px;color:${light.ink}`,
  caption: 'position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0)',
  factTerm: `width:110px;vertical-align:top;padding:12px 12px 12px 0;border-top:1px solid ${light.line};font:400 16px/24px ${sans};color:${light.muted};text-align:left`,
  factValue: `padding:12px 0;border-top:1px solid ${light.line};font:700 16px/24px ${sans};color:${light.ink};${breaks}`,
  rowTime: `width:76px;vertical-align:top;padding:10px 12px 10px 0;border-top:1px solid ${light.line};font:400 18px/24px ${serif};color:${light.muted};text-align:left`,
  rowText: `padding:10px 0;border-top:1px solid ${light.line};font:400 16px/24px ${sans};color:${light.ink};${breaks}`,
  rowNote: `color:${light.muted}`,
  footer: `padding:24px 40px 32px;border-top:1px solid ${light.line}`,
  footerText: `margin:0 0 8px;font:400 16px/25px ${sans};color:${light.muted};${breaks}`,
  seatRow: 'margin:24px 0 0',
  seatGap: 'width:5px;font-size:0;line-height:0',
} as const;

export const seatStyle = (seat: 'taken' | 'yours' | 'free'): string => {
  const colour = { taken: light.seatTaken, yours: light.paper, free: light.seatFree }[seat];
  return `width:11px;height:11px;border-radius:6px;background-color:${colour};font-size:0;line-height:0`;
};

/**
 * The one style block: narrow screens and dark mode, by class, because a client that drops it still has the inline
 * styles. Holds no character that HTML would escape. Outlook.com and the Outlook apps rewrite colours in dark mode;
 * the last lines keep ours.
 */
export const sheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 620px) {
  .outer { padding: 0 !important; }
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .title { font-size: 36px !important; line-height: 38px !important; }
  .btn, .btn a { display: block !important; width: auto !important; text-align: center !important; }
  .btn tbody, .btn tr, .btn td { display: block !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: ${dark.sunken} !important; }
  .card { background-color: ${dark.paper} !important; }
  .ink { color: ${dark.ink} !important; }
  .muted { color: ${dark.muted} !important; }
  .line { border-color: ${dark.line} !important; }
  .accent { color: ${dark.accent} !important; }
  .banner { background-color: ${dark.banner} !important; }
  .btn-cell { background-color: ${dark.accent} !important; }
  .btn-cell a { color: ${dark.onAccent} !important; border-color: ${dark.accent} !important; }
}
[data-ogsc] .ink { color: ${dark.ink} !important; }
[data-ogsc] .muted { color: ${dark.muted} !important; }
[data-ogsc] .accent { color: ${dark.accent} !important; }
[data-ogsb] .page { background-color: ${dark.sunken} !important; }
[data-ogsb] .card { background-color: ${dark.paper} !important; }
[data-ogsb] .btn-cell { background-color: ${dark.accent} !important; }
[data-ogsc] .btn-cell a { color: ${dark.onAccent} !important; }
`;
