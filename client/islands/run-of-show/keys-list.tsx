import { keyList, type ShowKeys } from './show-keys.ts';

/** The single keys in words, and a way to switch them off. */
export function KeysList({ keys }: { keys: ShowKeys }) {
  const isShown = keys.isListShown.value;
  return (
    <section class="show-keys" aria-label="Keys">
      <button
        class="button line small"
        type="button"
        aria-expanded={isShown}
        aria-controls="show-keys"
        onClick={() => (keys.isListShown.value = !isShown)}
      >
        Keys{keys.areOn.value ? ' (?)' : ', switched off'}
      </button>
      <div id="show-keys" hidden={!isShown}>
        <dl>
          {keyList.map(({ key, does }) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <label class="show-check">
          <input
            type="checkbox"
            checked={keys.areOn.value}
            onChange={(change) => (keys.areOn.value = change.currentTarget.checked)}
          />{' '}
          Single keys act. They never do while you type.
        </label>
      </div>
    </section>
  );
}
