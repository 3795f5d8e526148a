import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { emptyForm, type FormState } from '../../../server/contracts/form-state.ts';
import type { StageShows } from '../../../server/contracts/stage-picture.ts';
import type { StreamHealth } from '../../../server/contracts/stream-health.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { HiddenValue } from '../../components/hidden-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { StreamHealthList } from '../../components/stream-health.tsx';
import { showsInWords } from '../../components/stream-words.ts';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';
import { StreamAddresses } from './stream-addresses.tsx';

export interface StreamPageProps {
  event: ConsoleEvent;
  stage: { readonly name: string; readonly path: string };
  /** May set it up; a moderator may only switch. */
  canEdit: boolean;
  shows: StageShows | null;
  /** Of the picture; 0: the stage was never set up. */
  revision: number;
  /** When the key was made, ms since 1970; 0: there is none. */
  key: number;
  /** "24 November, 11:14" */
  keyMadeAt: string | null;
  /** Shown this once. */
  newKey: string | null;
  addresses: { readonly rtmp: string; readonly rtmps: string | null; readonly whip: string };
  health: StreamHealth | null;
  hasPlayer: boolean;
  planned: readonly { readonly at: string; readonly when: string; readonly shows: StageShows }[];
  /** Fields: slateText, external, revision. */
  settings: FormState;
  /** Fields: at, shows. */
  plan: FormState;
  zone: string;
  notice: string | null;
  /** Why a switch changed nothing. */
  refusal: string | null;
}

/** Where one stage's pictures come from, and what it shows. Every act is a form, so it works without script. */
export function StreamPage(props: StreamPageProps) {
  const { event, stage, settings, plan, canEdit } = props;
  const errors = [...settings.errors, ...plan.errors];
  return (
    <ConsoleLayout title={`Stream: ${stage.name}`} section="streams" event={event}>
      <div class="form-col">
        <ErrorSummary form={{ ...emptyForm, errors }} />
        {props.notice && <Notice kind="good">{props.notice}</Notice>}
        {props.refusal && <Notice kind="soon">{props.refusal}</Notice>}
        <OnAir {...props} />
        {canEdit && <StreamAddresses {...props} />}
        {canEdit && (
          <form method="post" action={`${stage.path}/settings`} novalidate>
            <HiddenValue form={settings} name="revision" />
            <FormSection
              title="Slate and other player"
              note="The slate is a card with words. Viewers are asked before another player is loaded."
            >
              <TextField
                form={settings}
                name="slateText"
                label="Words on the slate"
                hint="Leave it empty for “We will be right back.”"
                maxlength={200}
              />
              <TextField
                form={settings}
                name="external"
                label="Other player"
                hint="A YouTube or Vimeo address, or an HLS address that begins with https:// and ends with .m3u8."
                type="url"
              />
            </FormSection>
            <p class="submit">
              <button class="button" type="submit">
                Save
              </button>
            </p>
          </form>
        )}
        {canEdit && <Planned {...props} plan={plan} />}
      </div>
    </ConsoleLayout>
  );
}

function OnAir({ stage, shows, revision, hasPlayer, health }: StreamPageProps) {
  const choices = (Object.keys(showsInWords) as StageShows[]).filter(
    (choice) => choice !== shows && (choice !== 'external' || hasPlayer),
  );
  return (
    <FormSection title="On air" note="One press switches the stage for everybody.">
      <p>
        The stage shows: <b>{shows ? showsInWords[shows] : 'nothing was set up yet'}</b>
      </p>
      <div class="stream-switch">
        {choices.map((choice) => (
          <PostButton
            key={choice}
            action={`${stage.path}/show`}
            text={`Show: ${showsInWords[choice]}`}
            look="line"
            fields={{ shows: choice, revision: String(revision) }}
          />
        ))}
      </div>
      <h3 class="stream-title">Health</h3>
      <StreamHealthList health={health} />
      <p class="small muted">As of when this page was loaded. The run of show shows it every second.</p>
    </FormSection>
  );
}

function Planned({ stage, planned, plan, zone }: StreamPageProps) {
  return (
    <FormSection title="Planned switches" note={`Done by themselves, on the clock of ${zone}.`}>
      {planned.length > 0 && (
        <ul class="plain stream-planned">
          {planned.map(({ at, when, shows }) => (
            <li key={at}>
              {when}: {showsInWords[shows]}
              <PostButton
                action={`${stage.path}/planned/remove`}
                text={`Remove ${when}`}
                look="line"
                fields={{ at }}
              />
            </li>
          ))}
        </ul>
      )}
      <form method="post" action={`${stage.path}/planned`} novalidate>
        <TextField form={plan} name="at" label="When" type="datetime-local" width="medium" />
        <SelectField
          form={plan}
          name="shows"
          label="The stage then shows"
          options={Object.entries(showsInWords).map(([value, label]) => ({ value, label }))}
        />
        <button class="button line" type="submit">
          Plan it
        </button>
      </form>
    </FormSection>
  );
}
