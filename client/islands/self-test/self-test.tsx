import type { ComponentChildren } from 'preact';
import type { CaptionsResult, ConnectionResult, SelfTest, SoundResult } from './self-test.store.ts';

const connectionWords: Record<ConnectionResult, string> = {
  idle: '',
  checking: 'Checking. This can take a quarter of a minute.',
  websocket: 'Your connection works. The live room will be as quick as it can be.',
  polling:
    'Your connection works, by the slower way. You can take part in everything; a message may come a second later. Something between you and us does not let WebSocket through: see the advice below.',
  none: 'We could not reach the live room from here. Try another network, such as your phone’s, or send the text below to your IT team.',
};
const soundWords: Record<SoundResult, string> = {
  idle: '',
  playing: 'Playing.',
  asked: 'Did you hear a tone?',
  heard: 'Sound works.',
  'not-heard':
    'Turn the volume up, see that the sound is not muted for this page or this computer, and that it goes to the headphones or speakers you use. Then play it again.',
  unavailable: 'This browser did not let us play a sound. Check your sound with any video instead.',
};
const captionWords: Record<CaptionsResult, string> = {
  idle: '',
  showing: '',
  asked: 'Could you read the captions?',
  read: 'Captions will work for you.',
  'not-read':
    'Make the page larger with Ctrl and + (on a Mac, Command and +): the captions grow with it. If that is not enough, tell the organiser what you need, on the form of your place.',
};

/** Three small tests, each with its result in words. */
export function SelfTestView({ test }: { test: SelfTest }) {
  if (!test.isReady.value) {
    return <p class="notice">The three tests need JavaScript. The advice below works without it.</p>;
  }
  const sound = test.sound.value;
  const captions = test.captions.value;
  return (
    <>
      <Step
        title="Connection"
        button={test.connection.value === 'idle' ? 'Test my connection' : 'Test it again'}
        isBusy={test.connection.value === 'checking'}
        onPress={() => void test.checkConnection()}
        result={connectionWords[test.connection.value]}
      />
      <Step
        title="Sound"
        button={sound === 'idle' ? 'Play a tone' : 'Play it again'}
        isBusy={sound === 'playing'}
        onPress={() => void test.playSound()}
        result={soundWords[sound]}
      >
        {sound === 'asked' && (
          <Answers
            yes="I heard it"
            no="I did not"
            answer={(heard) => {
              test.answerSound(heard);
            }}
          />
        )}
      </Step>
      <Step
        title="Captions"
        button={captions === 'idle' ? 'Show captions' : 'Show them again'}
        isBusy={captions === 'showing'}
        onPress={() => void test.showCaptions()}
        result={captionWords[captions]}
        before={captions !== 'idle' && <p class="caption-sample">{test.line.value}</p>}
      >
        {captions === 'asked' && (
          <Answers
            yes="I could read them"
            no="I could not"
            answer={(read) => {
              test.answerCaptions(read);
            }}
          />
        )}
      </Step>
    </>
  );
}

interface StepProps {
  title: string;
  button: string;
  isBusy: boolean;
  onPress: () => void;
  result: string;
  before?: ComponentChildren;
  children?: ComponentChildren;
}

function Step({ title, button, isBusy, onPress, result, before, children }: StepProps) {
  return (
    <section class="self-test-step">
      <h2>{title}</h2>
      {before}
      <p>
        <button class="button line" type="button" aria-disabled={isBusy} onClick={onPress}>
          {button}
        </button>
      </p>
      <p role="status">{result}</p>
      {children}
    </section>
  );
}

function Answers({ yes, no, answer }: { yes: string; no: string; answer: (is: boolean) => void }) {
  return (
    <p class="self-test-answers">
      <button class="button" type="button" onClick={() => answer(true)}>
        {yes}
      </button>{' '}
      <button class="button line" type="button" onClick={() => answer(false)}>
        {no}
      </button>
    </p>
  );
}
