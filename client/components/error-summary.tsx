import type { FormState } from '../../server/contracts/form-state.ts';
import { fieldId } from './form-values.ts';
import { Icon } from './icon.tsx';

const counts = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

/** On top of every form that came back; each line leads to the control to mend. */
export function ErrorSummary({ form }: { form: FormState }) {
  const { errors } = form;
  if (errors.length === 0) return null;
  const heading =
    errors.length === 1
      ? 'One answer needs another look'
      : `${counts[errors.length] ?? errors.length} answers need another look`;
  return (
    <div
      class="error-summary"
      role="alert"
      aria-labelledby="error-summary-title"
      tabIndex={-1}
      data-enhance="focus"
    >
      <h2 id="error-summary-title">
        <Icon name="warning" />
        {heading}
      </h2>
      <ul>
        {errors.map((error) => (
          <li key={error.field}>
            <a href={`#${fieldId(error.field)}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
