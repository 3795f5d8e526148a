import { expect } from 'chai';
import { captionLines, createSelfTest } from '../../../client/islands/self-test/self-test.store.ts';

describe('the self-test', () => {
  const withWays = (...open: string[]) => {
    const tried: string[] = [];
    const lines: string[] = [];
    const test = createSelfTest({
      tryTransport(name) {
        tried.push(name);
        return Promise.resolve(open.includes(name));
      },
      playTone: () => Promise.resolve(open.includes('sound')),
      pause() {
        lines.push(test.line.value);
        return Promise.resolve();
      },
    });
    return { test, tried, lines };
  };

  it('tries WebSocket, then long-polling, and says which of them works', async () => {
    for (const [open, result, ways] of [
      [['websocket', 'polling'], 'websocket', 1],
      [['polling'], 'polling', 2],
      [[], 'none', 2],
    ] as const) {
      const { test, tried } = withWays(...open);
      const checking = [test.checkConnection(), test.checkConnection()];
      expect(test.connection.value).to.equal('checking');
      await Promise.all(checking);
      expect(test.connection.value).to.equal(result);
      expect(tried).to.have.length(ways);
    }
  });

  it('asks whether the tone was heard, and owns up when it cannot play one', async () => {
    const { test } = withWays('sound');
    await test.playSound();
    expect(test.sound.value).to.equal('asked');
    test.answerSound(false);
    expect(test.sound.value).to.equal('not-heard');
    const mute = withWays().test;
    await mute.playSound();
    expect(mute.sound.value).to.equal('unavailable');
  });

  it('shows each line of the captions, then asks', async () => {
    const { test, lines } = withWays();
    await test.showCaptions();
    expect(lines).to.deep.equal([...captionLines]);
    expect(test.captions.value).to.equal('asked');
    test.answerCaptions(true);
    expect(test.captions.value).to.equal('read');
  });
});
