import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { BackLink } from '../../components/back-link.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface EraseRecordingPageProps {
  event: ConsoleEvent;
  stage: string;
  /** "17 November 2026, 11:14 to 11:58" */
  when: string;
  /** "44 min, 1.2 GB"; null: it cannot be erased now. */
  size: string | null;
  /** Sessions whose replays show it. */
  hanging: readonly string[];
  /** Sent with the press. */
  fields: Readonly<Record<string, string>>;
  obstacle: string | null;
  /** Why a press changed nothing. */
  refusal: string | null;
}

/** Names what goes and what hangs on it, and asks once more. */
export function EraseRecordingPage(props: EraseRecordingPageProps) {
  const { event, stage, when, size, hanging, obstacle, refusal } = props;
  return (
    <ConsoleLayout title="Erase a recording?" section="replays" event={event}>
      <BackLink href={`${event.path}/recordings`} text="Recordings" />
      <div class="form-col">
        {refusal && <Notice kind="soon">{refusal}</Notice>}
        <p>
          <b>{stage}</b>: {when}
          {size && ` (${size})`}
        </p>
        {hanging.length > 0 && (
          <>
            <p>
              {obstacle
                ? 'These replays show it:'
                : 'These replays show it, and have nothing to show afterwards but films of your own:'}
            </p>
            <ul>
              {hanging.map((title) => (
                <li key={title}>{title}</li>
              ))}
            </ul>
          </>
        )}
        {obstacle ? (
          <Notice kind="soon">{obstacle}</Notice>
        ) : (
          <>
            <p>
              Picture, sound and the files made of them are erased, here and in storage, and cannot be brought
              back.
              {hanging.length > 0 && ' Captions, chapters and films of your own stay.'}
            </p>
            <PostButton
              action={`${event.path}/recordings/erase`}
              text="Erase it for good"
              look="danger"
              fields={props.fields}
            />
          </>
        )}
      </div>
    </ConsoleLayout>
  );
}
