const names = {
  title: 'the name',
  slug: 'the address',
  summary: 'who it is for',
  description: 'the description',
  topics: 'the topics',
  series: 'the series',
  accent: 'the accent colour',
  zone: 'the time zone',
  startsAtLocal: 'the start',
  endsAtLocal: 'the end',
  capacity: 'the places',
  registrationOpensAt: 'when registration opens',
  registrationClosesAt: 'when registration closes',
  stages: 'the stages',
  questions: 'the questions',
  consents: 'the consents',
  faqs: 'the questions people ask',
} as const;

type Part = keyof typeof names;
type Comparable = Readonly<Partial<Record<Part, unknown>>>;

/** Which parts of an event two versions differ in, by the name of the field. */
export function changedParts(before: Comparable, after: Comparable): Part[] {
  return (Object.keys(names) as Part[]).filter(
    (part) => JSON.stringify(before[part] ?? null) !== JSON.stringify(after[part] ?? null),
  );
}

export const wordsForParts = (parts: readonly Part[]): string[] => parts.map((part) => names[part]);
