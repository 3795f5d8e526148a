import { expect } from 'chai';
import { ConfigError, loadConfig, type Environment } from '../server/config.ts';

const problemsOf = (environment: Environment): readonly string[] => {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the settings', () => {
  it('need nothing in development', () => {
    const config = loadConfig({});
    expect(config).to.include({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      mongodbUri: null,
      redisUrl: null,
      webProcesses: 1,
      smtpUrl: null,
      trustedProxies: 0,
    });
  });

  it('are refused all at once, each by its name and with how to mend it', () => {
    const problems = problemsOf({
      PORT: 'http',
      PUBLIC_URL: 'events',
      SMTP_URL: 'ftp://x',
      REDIS_URL: 'http://redis.example.org',
      WEB_PROCESSES: '0',
      SECRET_KEY: 'short',
      LOG_LEVEL: 'loud',
    });
    expect(problems.map((line) => line.split(' ')[0])).to.have.members([
      'PORT',
      'PUBLIC_URL',
      'SMTP_URL',
      'REDIS_URL',
      'WEB_PROCESSES',
      'SECRET_KEY',
      'LOG_LEVEL',
    ]);
    expect(problems.join('\n'))
      .to.include('https://events.example.org')
      .and.to.include('openssl rand -hex 32');
  });

  it('must be given in production: key, mail, and an https address unless told otherwise', () => {
    expect(problemsOf({ NODE_ENV: 'production' }).map((line) => line.split(' ')[0])).to.have.members([
      'SECRET_KEY',
      'SMTP_URL',
      'PUBLIC_URL',
    ]);
    const rest = { NODE_ENV: 'production', SECRET_KEY: 'a'.repeat(64), SMTP_URL: 'smtp://localhost:25' };
    expect(problemsOf({ ...rest, PUBLIC_URL: 'http://events.example.org' }).join()).to.include('ALLOW_HTTP');
    expect(
      problemsOf({ ...rest, PUBLIC_URL: 'http://events.example.org', ALLOW_HTTP: 'true' }),
    ).to.deep.equal([]);
    expect(problemsOf({ ...rest, PUBLIC_URL: 'https://events.example.org' })).to.deep.equal([]);
  });

  it('take a blank value as absent and lose a slash at the end of the address', () => {
    expect(loadConfig({ MONGODB_URI: ' ', PUBLIC_URL: 'https://events.example.org/' })).to.include({
      mongodbUri: null,
      publicUrl: 'https://events.example.org',
    });
  });

  it('are frozen', () => {
    expect(Object.isFrozen(loadConfig({}))).to.equal(true);
  });
});
