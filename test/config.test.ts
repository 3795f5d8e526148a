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

  it("give streaming ports beside the product's own, all of them any free one when that is", () => {
    const usual = loadConfig({ PORT: '8080' }).media;
    expect(usual).to.deep.include({
      port: 8082,
      url: 'http://127.0.0.1:8082',
      webUrl: 'http://127.0.0.1:8080',
    });
    expect(usual.rtmp).to.deep.equal({ host: '127.0.0.1', port: 1935 });
    expect(usual).to.include({ isStartedHere: true, rtmps: null, reconnectSeconds: 90 });
    const free = loadConfig({ PORT: '0' }).media;
    expect([free.port, free.rtmp.port, free.webRtc.port]).to.deep.equal([0, 0, 0]);
    const apart = loadConfig({
      HOST: '0.0.0.0',
      MEDIA_URL: 'http://media.example.org/',
      RTMP_PORT: '19',
    }).media;
    expect(apart).to.include({ isStartedHere: false, url: 'http://media.example.org' });
    expect(apart.webUrl).to.equal('http://127.0.0.1:3000');
    expect(apart.rtmp).to.deep.equal({ host: '0.0.0.0', port: 19 });
  });

  it('of streaming are refused with the others', () => {
    const problems = problemsOf({ RTMPS_KEY_FILE: 'key.pem', RECONNECT_SECONDS: '-1' });
    expect(problems.join()).to.include('RTMPS_CERT_FILE').and.to.include('RECONNECT_SECONDS');
    expect(problemsOf({ WEBRTC_PUBLIC_ADDRESS: 'media', MEDIA_URL: 'x' })).to.have.length(2);
  });

  it('of storage in S3 belong together, and each is checked', () => {
    const four = {
      S3_ENDPOINT: 'https://s3.example.org/',
      S3_BUCKET: 'recordings',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'secret',
    };
    expect(loadConfig({}).media.storage).to.equal(null);
    expect(loadConfig({ ...four, S3_PREFIX: '/plenary/' }).media.storage).to.deep.equal({
      ...{
        endpoint: 'https://s3.example.org',
        region: 'us-east-1',
        bucket: 'recordings',
        prefix: 'plenary/',
      },
      ...{ accessKeyId: 'id', secretAccessKey: 'secret', keepLocalMs: 24 * 3_600_000 },
    });
    expect(problemsOf({ ...four, S3_BUCKET: '', S3_SECRET_ACCESS_KEY: '' })).to.deep.equal([
      'S3_BUCKET and S3_SECRET_ACCESS_KEY are missing; set all of S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY to keep recordings in S3, or none',
    ]);
    for (const wrong of [
      { S3_ENDPOINT: 'http://s3.example.org' },
      { S3_ENDPOINT: 'https://s3.example.org/?a=b' },
      { S3_BUCKET: 'Not_A_Bucket' },
      { S3_PREFIX: '../elsewhere' },
      { KEEP_LOCAL_HOURS: '-1' },
    ])
      expect(problemsOf({ ...four, ...wrong }), JSON.stringify(wrong)).to.have.length(1);
    expect(loadConfig({ ...four, S3_ENDPOINT: 'http://127.0.0.1:9000' }).media.storage?.endpoint).to.equal(
      'http://127.0.0.1:9000',
    );
  });

  it('are frozen', () => {
    expect(Object.isFrozen(loadConfig({}))).to.equal(true);
  });
});
