import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import type { FormState } from '../../../server/contracts/form-state.ts';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { ChoiceBox, Choices } from '../../components/choices.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { FileField } from '../../components/file-field.tsx';
import { PostButton } from '../../components/form-page.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { chosenValues, fieldId, formTitle } from '../../components/form-values.ts';
import { HiddenValue } from '../../components/hidden-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface ConsoleReplayPageProps {
  event: ConsoleEvent;
  replay: {
    id: string;
    title: string;
    length: string;
    state: string;
    /** Something is there to watch, and so to publish. */
    isWatchable: boolean;
    hasUpload: boolean;
    hasOwnCaptions: boolean;
    /** "The MP4 is being made." */
    fileNote: string;
    downloadPath: string | null;
  };
  /** Fields: visibility, published, downloadable, trimStart, trimEnd, chapters, cues, revision; `file` and `captions` for uploads. */
  form: FormState;
  notice: string | null;
}

/** Everything that is decided about one replay; each part is a form of its own. */
export function ConsoleReplayPage(props: ConsoleReplayPageProps) {
  const { event, replay, form } = props;
  const path = `${event.path}/replays/${replay.id}`;
  return (
    <ConsoleLayout title={formTitle(form, 'Replay')} section="replays" event={event} note={replay.title}>
      <div class="form-col">
        <ErrorSummary form={form} />
        {props.notice && <Notice kind="good">{props.notice}</Notice>}
        <p>
          {replay.state}
          {replay.length && `, ${replay.length}`}
          {replay.isWatchable && (
            <>
              {'. '}
              <a href={`/replays/${replay.id}`}>Watch it</a>
            </>
          )}
        </p>
        <PublishForm {...props} path={path} />
        <CutForm {...props} path={path} />
        <CaptionForms {...props} path={path} />
        <FilmForms {...props} path={path} />
        <p>
          <a class="more" href={`${event.path}/replays`}>
            Back to the replays
          </a>
        </p>
      </div>
    </ConsoleLayout>
  );
}

type PartProps = ConsoleReplayPageProps & { path: string };

function PublishForm({ form, path }: PartProps) {
  return (
    <FormSection title="Who may watch" note="Published replays are in the library and on the event’s page.">
      <form method="post" action={`${path}/publish`} novalidate>
        <HiddenValue form={form} name="revision" />
        <Choices
          form={form}
          name="visibility"
          legend="For whom"
          type="radio"
          options={[
            { value: 'registered', label: 'People who registered for the event' },
            { value: 'everyone', label: 'Everyone' },
            { value: 'hidden', label: 'Hidden: your organisation only' },
          ]}
        />
        <Tick form={form} name="published" text="Published" />
        <Tick form={form} name="downloadable" text="May be downloaded as MP4" />
        <button class="button" type="submit">
          Save who may watch
        </button>
      </form>
    </FormSection>
  );
}

function Tick({ form, name, text }: { form: FormState; name: string; text: string }) {
  const checked = chosenValues(form, name).includes('yes');
  return (
    <ChoiceBox id={fieldId(name)} type="checkbox" name={name} value="yes" checked={checked}>
      {text}
    </ChoiceBox>
  );
}

function CutForm({ form, path, replay }: PartProps) {
  return (
    <FormSection title="Beginning, end and chapters">
      <form method="post" action={`${path}/cut`} novalidate>
        <HiddenValue form={form} name="revision" />
        <div class="field-row">
          <TextField
            form={form}
            name="trimStart"
            label="Cut off at the beginning"
            hint="Minutes and seconds: 1:30"
          />
          <TextField form={form} name="trimEnd" label="Cut off at the end" hint="Minutes and seconds: 0:20" />
        </div>
        {replay.hasUpload && <p class="hint">Cuts are of the recording; your own film plays whole.</p>}
        <TextArea
          form={form}
          name="chapters"
          label="Chapters"
          hint="One a line: the time it begins, as people will see it, and its title. 4:12 The pilot that lied to us"
          rows={6}
          optional
        />
        <button class="button" type="submit">
          Save beginning, end and chapters
        </button>
      </form>
    </FormSection>
  );
}

function CaptionForms({ form, path, replay }: PartProps) {
  return (
    <FormSection title="Captions" note="They are the transcript too, and the search finds every word.">
      <form method="post" action={`${path}/captions`} enctype="multipart/form-data" novalidate>
        <HiddenValue form={form} name="revision" />
        <TextArea
          form={form}
          name="cues"
          label="Captions"
          hint="Times and text as in WebVTT, with an empty line between captions; times are those people see."
          rows={12}
        />
        <button class="button" type="submit">
          Save the captions
        </button>
      </form>
      <form method="post" action={`${path}/captions-file`} enctype="multipart/form-data" novalidate>
        <HiddenValue form={form} name="revision" />
        <FileField
          form={form}
          name="captions"
          label="A file of captions"
          hint="WebVTT in UTF-8, up to 1 MB. It takes the place of all captions above."
          accept=".vtt,text/vtt"
        />
        <button class="button line" type="submit">
          Upload the captions
        </button>
      </form>
      {replay.hasOwnCaptions && (
        <PostButton
          action={`${path}/captions-back`}
          text="Use the captioner’s captions again"
          look="line"
          fields={{ revision: String(form.values.revision ?? '') }}
        />
      )}
    </FormSection>
  );
}

function FilmForms({ form, path, replay }: PartProps) {
  return (
    <FormSection title="The video file" note={replay.fileNote}>
      {replay.downloadPath && (
        <p>
          <a href={replay.downloadPath} download>
            Download the MP4
          </a>
        </p>
      )}
      <form method="post" action={`${path}/film`} enctype="multipart/form-data" novalidate>
        <HiddenValue form={form} name="revision" />
        <FileField
          form={form}
          name="file"
          label="Put a film of your own in its place"
          hint="MP4 with H.264 and AAC, up to 2 GB. Chapters and captions are then counted in it."
          accept=".mp4,video/mp4"
        />
        <button class="button line" type="submit">
          Upload the film
        </button>
      </form>
      {replay.hasUpload && (
        <PostButton
          action={`${path}/film-back`}
          text="Show the recording again"
          look="line"
          fields={{ revision: String(form.values.revision ?? '') }}
        />
      )}
    </FormSection>
  );
}
