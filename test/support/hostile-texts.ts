/** What people, and others, put where a name is asked for. Each must stay text. */
export const hostileTexts: readonly string[] = [
  'Ann\r\nBcc: victim@example.org',
  'Ann\nATTENDEE:mailto:victim@example.org',
  'Ann\r\n\r\n<script>alert(1)</script>',
  'Ann\u2028BEGIN:VEVENT\u2029',
  'Price, Ann; "the boss" \\n <victim@example.org>, other@example.org',
  '"><img src=x onerror=alert(1)>',
  'a@b>, <victim@example.org',
  'Siân Ŵyn Llŷr â’r Fôn',
  '👩🏽‍🚀🏴󠁧󠁢󠁷󠁬󠁳󠁿👨‍👩‍👧‍👦',
  'מרים ‮ abc',
  'half \ud83d of a pair',
  'half \udc69 of the other',
  'tab\tbell\u0007nul\u0000delete\u007f',
  'END:VCALENDAR\r\nEND:VEVENT',
  'x'.repeat(300),
  'ŵ'.repeat(300),
];
