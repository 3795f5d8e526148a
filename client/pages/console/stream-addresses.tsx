import { PostButton } from '../../components/form-page.tsx';
import { FormSection } from '../../components/form-section.tsx';
import { Notice } from '../../components/notice.tsx';
import type { StreamPageProps } from './stream.tsx';

type AddressesProps = Pick<StreamPageProps, 'stage' | 'key' | 'keyMadeAt' | 'newKey' | 'addresses'>;

/** What goes into OBS, and how to set it; or the studio, which needs nothing of it. */
export function StreamAddresses({ stage, key, keyMadeAt, newKey, addresses }: AddressesProps) {
  const fields = { key: String(key) };
  return (
    <>
      <FormSection title="From the browser" note="Camera, microphone and screen, with nothing to install.">
        <p>
          <a class="button line" href={`${stage.path}/studio`}>
            Open the studio
          </a>
        </p>
      </FormSection>
      <FormSection
        title="From OBS, vMix or ffmpeg"
        note="The key works from noon of the day before the event."
      >
        <dl class="stream-secret">
          <dt>Server</dt>
          <dd>
            <code id="stream-server">{addresses.rtmp}</code>
          </dd>
          {addresses.rtmps && (
            <>
              <dt>Encrypted server</dt>
              <dd>
                <code>{addresses.rtmps}</code>
              </dd>
            </>
          )}
          <dt>WHIP address (the key is its bearer token)</dt>
          <dd>
            <code>{addresses.whip}</code>
          </dd>
          <dt>Stream key</dt>
          <dd>
            {newKey ? (
              <>
                <code id="stream-key">{newKey}</code>
                <button
                  class="button line small"
                  type="button"
                  data-enhance="copy"
                  data-copies="stream-key"
                  hidden
                >
                  Copy the key
                </button>
                <Notice kind="soon">Copy it now: it is not shown again. Who has it can go on air.</Notice>
              </>
            ) : keyMadeAt ? (
              `Made ${keyMadeAt}. It was shown once; make a new one if it was lost.`
            ) : (
              'None yet.'
            )}
          </dd>
        </dl>
        <PostButton
          action={`${stage.path}/key`}
          text={key ? 'Make a new key' : 'Make a stream key'}
          look={key ? 'line' : 'main'}
          fields={fields}
        />
        {key > 0 && (
          <>
            <p class="small muted">A new key ends the old one and cuts off whoever publishes with it.</p>
            <PostButton
              action={`${stage.path}/key/revoke`}
              text="Revoke the key"
              look="danger"
              fields={fields}
            />
          </>
        )}
        <details class="stream-how">
          <summary>How to set OBS</summary>
          <ol>
            <li>Settings, Stream: service “Custom”, with the server and the key from above.</li>
            <li>Settings, Output, Advanced: encoder x264, rate control CBR, 2,500 kb/s.</li>
            <li>Key-frame interval 2 s, CPU preset “veryfast”, profile “main”.</li>
            <li>Audio bitrate 128 kb/s, AAC.</li>
            <li>Settings, Video: output 1280 × 720, 30 frames a second.</li>
          </ol>
        </details>
      </FormSection>
    </>
  );
}
