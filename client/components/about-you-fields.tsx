import type { FormState } from '../../server/contracts/form-state.ts';
import { TextArea, TextField } from './field.tsx';

/** Asked of everyone who takes a place, in the same order everywhere. */
export function AboutYouFields({ form, withEmail = true }: { form: FormState; withEmail?: boolean }) {
  return (
    <fieldset class="group">
      <legend>
        <h2>About you</h2>
      </legend>
      <TextField form={form} name="name" label="Full name" autocomplete="name" required />
      {withEmail && (
        <TextField
          form={form}
          name="email"
          label="Email"
          hint="Your join link goes here. Use a personal address if your work filter is strict."
          type="email"
          inputmode="email"
          autocomplete="email"
          spellcheck={false}
          required
        />
      )}
      <TextField form={form} name="organisation" label="Organisation" autocomplete="organization" optional />
      <TextField
        form={form}
        name="jobTitle"
        label="Job title"
        autocomplete="organization-title"
        width="medium"
        optional
      />
    </fieldset>
  );
}

export function AccessNeedsField({ form }: { form: FormState }) {
  return (
    <div class="group">
      <TextArea
        form={form}
        name="accessNeeds"
        label="What would help you take part?"
        hint="Tell us what you need, not why. Only the people who arrange it can read this."
        rows={3}
        optional
      />
    </div>
  );
}
