import { expect } from 'chai';
import { createLogger } from '../../../server/platform/logging/create-logger.ts';

describe('the log', () => {
  const logged = (fields: Record<string, unknown>) => {
    let line = '';
    createLogger('info', { write: (text) => (line = text) }).info(fields, 'said');
    return line;
  };

  it('says what an error was, and where, without the addresses and keys in it', () => {
    const error = Object.assign(new Error('E11000 index: email dup key: { email: "ada@example.org" }'), {
      code: 11000,
    });
    const line = logged({ err: error });
    expect(line)
      .to.include('E11000 index: email dup key')
      .and.include('"code":11000')
      .and.include('create-logger.test');
    expect(line).not.to.include('ada@');
  });

  it('says the same of an error that came as text from another thread', () => {
    expect(logged({ error: 'Error: mail to ada@example.org failed' })).to.include('mail to [address] failed');
  });

  it('drops whatever else hangs on an error', () => {
    expect(
      logged({ err: Object.assign(new Error('no'), { document: { name: 'Ada Byron' } }) }),
    ).not.to.include('Byron');
  });
});
