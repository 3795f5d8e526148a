import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { MediaMessage } from '../../../../server/contracts/media-control.ts';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import { openAskedFiles } from '../../../../server/platform/media/control/asked-files.ts';
import { makeFiles } from '../../../../server/platform/media/control/make-files.ts';
import type { WebClient } from '../../../../server/platform/media/control/web-client.ts';
import { keepRuns } from '../../../../server/platform/media/hub/keep-runs.ts';
import { openRunJournal } from '../../../../server/platform/media/hub/run-journal.ts';
import { tellWeb } from '../../../../server/platform/media/hub/tell-web.ts';
import { watchDisk, type DiskState } from '../../../../server/platform/media/hub/watch-disk.ts';
import type { RunOptions } from '../../../../server/platform/media/packaging/open-run.ts';
import { until } from '../../../support/until.ts';
import { fakeRun, type FakeRun } from './fake-parts.ts';

const logger = createLogger('silent');
const gigabyte = 2 ** 30;

describe('what the media process keeps', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'plenary-keep-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is a note of each run that is not over, which another process finds', async () => {
    const journal = openRunJournal(folder, logger);
    journal.write('stream-0001', { runId: 'run-000001', startedAt: 5, lostAt: null });
    journal.write('stream-0002', { runId: 'run-000002', startedAt: 6, lostAt: 7 });
    journal.write('stream-0003', { runId: 'run-000003', startedAt: 6, lostAt: 7 });
    journal.touch('stream-0001');
    journal.remove('stream-0003');
    journal.touch('stream-0003');
    await journal.settled();
    mkdirSync(join(folder, 'live/stream-0004'));
    writeFileSync(join(folder, 'live/stream-0004/run.json'), '{"runId":"../../etc","startedAt":');
    const found = (await openRunJournal(folder, logger).list()).sort((a, b) => a.startedAt - b.startedAt);
    expect(found.map(({ streamId }) => streamId)).to.deep.equal(['stream-0001', 'stream-0002']);
    expect(found[0]?.lostAt).to.be.within(Date.now() - 5_000, Date.now() + 1_000);
    expect(found[1]).to.include({ runId: 'run-000002', startedAt: 6, lostAt: 7 });
    // Behind a slate its encoder still sends, as far as anybody knows.
    journal.touch('stream-0002');
    await journal.settled();
    expect((await journal.list()).map(({ lostAt }) => lostAt > Date.now() - 5_000)).to.deep.equal([
      true,
      true,
    ]);
    expect(await openRunJournal(join(folder, 'nowhere'), logger).list()).to.deep.equal([]);
  });

  it('is the source alone once the disk is nearly full, and nothing once it is or fails, until there is room again', async () => {
    let room = { free: 90 * gigabyte, all: 100 * gigabyte };
    let state: DiskState = 'enough';
    let isStorageAway = false;
    const opened: { run: FakeRun; options: RunOptions }[] = [];
    const runs = keepRuns({
      open(options) {
        const run = fakeRun(options.streamId, options.runId);
        opened.push({ run, options });
        return run;
      },
      reopen: () => Promise.resolve(null),
      store: { create: () => expect.fail(), reopen: () => Promise.resolve(null) },
      clock: { now: () => new Date() },
      logger,
      disk: () => state,
      isStorageAway: () => isStorageAway,
      startRungs: () => ({ warning: () => 'rungs-off', stop: () => undefined }),
    });
    const disk = watchDisk(folder, {
      logger,
      readRoom: () => Promise.resolve(room),
      onLook: (found) => {
        state = found;
        runs.lookAtDisk();
      },
    });
    disk.stop();
    const extras = runs.attach(runs.openRun('stream-0001', 'run-000001'));
    const { run, options } = opened[0] ?? expect.fail();
    const look = async (free: number) => {
      room = { ...room, free };
      await disk.look();
      return [extras.isRecording(), ...extras.warnings()];
    };
    expect(await look(90 * gigabyte)).to.deep.equal([true, 'rungs-off']);
    isStorageAway = true;
    expect(await look(4 * gigabyte)).to.deep.equal([true, 'disk-low', 'storage-away', 'rungs-off']);
    isStorageAway = false;
    expect(run.story.at(-1)).to.equal('record');
    expect(await look(1.5 * gigabyte)).to.deep.equal([true, 'recording-less', 'disk-low', 'rungs-off']);
    expect(run.story.at(-1)).to.equal('record source');
    expect(await look(gigabyte / 2)).to.deep.equal([false, 'recording-stopped', 'disk-low', 'rungs-off']);
    expect(await look(90 * gigabyte)).to.deep.equal([true, 'rungs-off']);
    options.onWriteError(new Error('ENOSPC'));
    options.onWriteError(new Error('ENOSPC'));
    expect([extras.isRecording(), run.story.at(-1)]).to.deep.equal([false, 'no record']);
    expect(await look(90 * gigabyte)).to.deep.equal([true, 'rungs-off']);
    expect(run.story.at(-1)).to.equal('record');
  });

  it('is what web has not heard of a run, in order, until it has', async () => {
    const heard: string[] = [];
    let failures = 3;
    const web: WebClient = {
      ask(_name, message) {
        failures -= 1;
        if (failures >= 0) return Promise.resolve({ ok: false, reason: 'unreachable', message: 'away' });
        heard.push((message as MediaMessage<'run'>).state);
        return Promise.resolve({ ok: true, answer: {} as never });
      },
    };
    const teller = tellWeb(web, logger, () => 1);
    const states = ['started', 'lost', 'resumed', 'ended'] as const;
    for (const state of states)
      teller.tell({ streamId: 'stream-0001', runId: 'run-000001', state, startedAt: 1, at: 2 });
    await until('all of it', () => heard.length === 4);
    teller.stop();
    expect(heard).to.deep.equal([...states]);
  });

  it('is each file that was asked for, once however often, and web hears how it went', async () => {
    const made: string[] = [];
    const told: MediaMessage<'made'>[] = [];
    const files = makeFiles({
      logger,
      asked: openAskedFiles(folder),
      web: {
        ask(_name, message) {
          told.push(message as MediaMessage<'made'>);
          return Promise.resolve({ ok: true, answer: {} as never });
        },
      },
      recordings: {
        makeFile(_range, fileId) {
          made.push(fileId);
          if (fileId === 'file-empty') return Promise.resolve(null);
          if (fileId === 'file-broken') return Promise.reject(new Error('EIO'));
          return Promise.resolve({ bytes: 42, thumbnails: 5 });
        },
        erase: () => Promise.resolve(),
      },
    });
    const range = { streamId: 'stream-0001', from: 0, to: 1 };
    await Promise.all(
      ['file-00001', 'file-00001', 'file-empty', 'file-broken', 'file-00002'].map((fileId) =>
        files.make({ ...range, fileId }),
      ),
    );
    await files.settled();
    await until('all of it', () => told.length === 4);
    expect(made).to.have.members(['file-00001', 'file-empty', 'file-broken', 'file-00002']);
    expect(told.map(({ fileId, ok, bytes, reason }) => [fileId, ok, bytes, reason])).to.have.deep.members([
      ['file-00001', true, 42, null],
      ['file-empty', false, 0, 'Nothing is recorded of that time.'],
      ['file-broken', false, 0, 'The file could not be written.'],
      ['file-00002', true, 42, null],
    ]);
  });

  it('is made by the next process where one died over it, and not where nobody wants it any more', async () => {
    const web = { ask: () => Promise.resolve({ ok: true as const, answer: {} as never }) };
    const asked = openAskedFiles(folder);
    const open = (makeFile: (fileId: string) => Promise<{ bytes: number; thumbnails: number } | null>) => {
      const erased: string[] = [];
      const files = makeFiles({
        ...{ logger, web, asked },
        recordings: {
          makeFile: (_range, fileId) => makeFile(fileId),
          erase: (_range, fileIds) => Promise.resolve(void erased.push(...fileIds)),
        },
      });
      return { files, erased };
    };
    const range = { streamId: 'stream-0001', from: 0, to: 1 };
    // This one never comes back from its first file.
    const died = open(() => new Promise(() => undefined));
    for (const fileId of ['file-00001', 'file-00002']) await died.files.make({ ...range, fileId });
    writeFileSync(join(folder, 'live', 'stream-0001', 'files', 'file-00003.asked.json'), '{"strea');

    const made: string[] = [];
    let finish = () => undefined as void;
    const next = open((fileId) => {
      made.push(fileId);
      return new Promise((resolve) => (finish = () => resolve({ bytes: 1, thumbnails: 0 })));
    });
    await next.files.resume();
    await until('the first', () => made.length === 1);
    await next.files.drop('stream-0001', [made[0] ?? '']);
    finish();
    await until('the second', () => made.length === 2);
    finish();
    await next.files.settled();
    expect(made.toSorted()).to.deep.equal(['file-00001', 'file-00002']);
    expect(next.erased).to.deep.equal([made[0]]);
    await until('no note', async () => (await asked.list()).length === 0);
  });
});
