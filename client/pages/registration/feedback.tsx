import type { FormState } from '../../../server/contracts/form-state.ts';
import { ChoiceBox, Choices } from '../../components/choices.tsx';
import { TextArea } from '../../components/field.tsx';
import { FormPage } from '../../components/form-page.tsx';
import { chosenValues, fieldId } from '../../components/form-values.ts';

export interface FeedbackPageProps {
  event: { slug: string; title: string };
  state: 'too-early' | 'open' | 'closed';
  /** "Tuesday 23 March 2027, 16:00 GMT" */
  opensAt: string;
  closesAt: string;
  /** Fields: overall (1 to 5), useful, better, mayQuote (yes), withName (yes). */
  form: FormState;
  isSaved: boolean;
}

const marks = [
  { value: '5', label: 'Excellent' },
  { value: '4', label: 'Good' },
  { value: '3', label: 'All right' },
  { value: '2', label: 'Disappointing' },
  { value: '1', label: 'Not worth my time' },
];

/** A short form at the end of the day. Nothing is asked that has to be answered, but one mark. */
export function FeedbackPage({ event, state, form, isSaved, ...times }: FeedbackPageProps) {
  const path = `/events/${event.slug}`;
  const title = 'How was the day?';
  const back = { href: path, text: event.title };
  if (state !== 'open') {
    return (
      <FormPage title={title} back={back}>
        <p class="lede">
          {state === 'too-early'
            ? `You can tell us when the last session has begun: ${times.opensAt}.`
            : 'The form has closed. To tell the organiser something, write to the address on the page of the event.'}
        </p>
      </FormPage>
    );
  }
  return (
    <FormPage
      title={title}
      lede="It takes a minute, and the organiser reads every word."
      back={back}
      form={form}
      notice={isSaved ? `Thank you. You can change it here until ${times.closesAt}.` : null}
    >
      <form method="post" action={`${path}/feedback`} novalidate>
        <Choices form={form} name="overall" legend="Overall, it was" type="radio" options={marks} />
        <TextArea form={form} name="useful" label="What was most useful to you?" optional />
        <TextArea form={form} name="better" label="What should be better next time?" optional />
        <Tick form={form} name="mayQuote" text="You may quote what I wrote" />
        <Tick form={form} name="withName" text="Put my name to it" />
        <p class="hint">Without this tick the organiser sees your answers, but not that they are yours.</p>
        <p class="submit">
          <button class="button" type="submit">
            {isSaved ? 'Save my changes' : 'Send'}
          </button>
        </p>
      </form>
    </FormPage>
  );
}

function Tick({ form, name, text }: { form: FormState; name: string; text: string }) {
  return (
    <ChoiceBox
      id={fieldId(name)}
      type="checkbox"
      name={name}
      value="yes"
      checked={chosenValues(form, name).includes('yes')}
    >
      {text}
    </ChoiceBox>
  );
}
