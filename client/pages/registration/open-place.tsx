import { FormPage, PostButton } from '../../components/form-page.tsx';

/** Behind the personal link to change or cancel a place; nothing opens before the button, because mail scanners open links. */
export interface OpenPlacePageProps {
  eventTitle: string;
  /** Where the button posts. */
  action: string;
}

export function OpenPlacePage({ eventTitle, action }: OpenPlacePageProps) {
  return (
    <FormPage
      title="Your place"
      lede={`Change, pass on or cancel your place at ${eventTitle}, on this device.`}
    >
      <PostButton action={action} text="Open my place" />
    </FormPage>
  );
}
