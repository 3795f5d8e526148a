import type { RegistrationForm } from '../contracts/registration-form.ts';

const firstNames =
  'Aisha Ben Carys Dev Elin Femi Gwen Harriet Idris Jaya Kit Lowri Mo Nia Olu Pippa Quinn Rosa Sam Tariq Una Viv Wes Yusuf'.split(
    ' ',
  );
const lastNames =
  'Abbott Baptiste Coyle Desai Ellwood Farrow Grant Hale Iqbal Jarvis Kaur Lowe Moss Nolan Okoye Pugh Rees Shah Tranter Udall Vance Webb Yates'.split(
    ' ',
  );
const places = [
  'ardale.example',
  'calderfold.example',
  'westmarch.example',
  'severnside.example',
  'glanmenai.example',
];
const organisations = [
  'Ardale Borough Council',
  'Calderfold District Council',
  'Westmarch County Council',
  'Severnside NHS Trust',
  'Cyngor Glan Menai',
];
const jobs = ['Project Manager', 'Head of Service', 'Analyst', 'Officer', 'Business Partner', 'Team Leader'];

interface Asking {
  readonly questions: readonly {
    readonly id: string;
    readonly kind: 'text' | 'choice' | 'multiple-choice';
    readonly options: readonly string[];
    readonly isRequired: boolean;
  }[];
  readonly consents: readonly { readonly id: string }[];
}

/** Made-up people, always the same ones, each with another name and address. */
export function demoAttendees(count: number, asking: Asking): RegistrationForm[] {
  return Array.from({ length: count }, (_, index) => {
    const first = pick(firstNames, index);
    const last = pick(lastNames, index * 5 + Math.floor(index / firstNames.length));
    return {
      name: `${first} ${last}`,
      email: `${first}.${last}.${index + 1}@${pick(places, index)}`.toLowerCase(),
      organisation: pick(organisations, index),
      jobTitle: pick(jobs, index * 7),
      accessNeeds: index % 23 === 5 ? 'Live captions, please.' : '',
      answers: asking.questions.flatMap((question) => answerTo(question, index)),
      consentIds: index % 3 === 0 ? asking.consents.slice(0, 1).map(({ id }) => id) : [],
      attempt: null,
    };
  });
}

function answerTo({ id, kind, options, isRequired }: Asking['questions'][number], index: number) {
  if (!isRequired && index % 2 === 1) return [];
  if (kind === 'text') return isRequired ? [{ questionId: id, values: ['Our case management system'] }] : [];
  return [{ questionId: id, values: [pick(options, index)] }];
}

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('An empty list has nothing to pick');
  return item;
}
