import { expect } from 'chai';
import { createCaptionerStore, type SendCaption } from '../../../client/islands/captioner/captioner.store.ts';

const start = { token: 't', sendPath: '/', longest: 300, said: [{ id: 'old', at: '10:00', text: 'Before' }] };

describe('a captioner’s page', () => {
  it('sends line after line in order, however slow the first is, and nothing that is empty', async () => {
    const sent: string[] = [];
    const answers: (() => void)[] = [];
    const send: SendCaption = ({ text }) => {
      sent.push(text);
      return new Promise((resolve) => answers.push(() => resolve({ ok: true, at: '10:01' })));
    };
    const store = createCaptionerStore(start, send);
    const all = [store.write('a', ' One  line '), store.write('b', '  '), store.write('c', 'Two')];
    await Promise.resolve();
    expect(sent).to.deep.equal(['One line']);
    expect(store.lines.value.map(({ state }) => state)).to.deep.equal(['shown', 'waiting', 'waiting']);
    answers[0]?.();
    await all[0];
    answers[1]?.();
    await Promise.all(all);
    expect(sent).to.deep.equal(['One line', 'Two']);
    expect(store.lines.value.map(({ text, at }) => [text, at])).to.deep.equal([
      ['Before', '10:00'],
      ['One line', '10:01'],
      ['Two', '10:01'],
    ]);
  });

  it('keeps what did not arrive, says so, and sends it again under the same name', async () => {
    const ids: string[] = [];
    let isDown = true;
    const store = createCaptionerStore(start, ({ id }) => {
      ids.push(id);
      if (isDown) return Promise.reject(new TypeError('fetch failed'));
      return Promise.resolve({ ok: true, at: '10:02' });
    });
    await store.write('a', 'One');
    expect(store.trouble.value).to.include('did not arrive');
    expect(store.lines.value.at(-1)).to.include({ text: 'One', state: 'refused' });
    isDown = false;
    await store.retry();
    expect(store.trouble.value).to.equal('');
    expect(store.lines.value.at(-1)).to.include({ state: 'shown', at: '10:02' });
    expect(ids).to.deep.equal(['a', 'a']);
  });
});
