import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseIndex } from '../../../../server/platform/media/packaging/run-index.ts';
import { until } from '../../../support/until.ts';
import { runId, streamId } from '../packaging/made-run.ts';
import { makeInstallation, range, type Installation } from './kept-in-s3.ts';

describe('erasing what is in S3', () => {
  let here: Installation;
  beforeEach(async () => {
    here = await makeInstallation();
  });
  afterEach(() => here.close());

  const notes = () => readdir(join(here.directory, 'erasing'));
  const allErased = () => until('all notes to be done with', async () => (await notes()).length === 0);
  const s1 = `plenary/live/${streamId}/${runId}/source/s1.m4s`;

  it('takes what overlaps and the files, here and there, and leaves the rest', async () => {
    const { storage, recordings } = await here.start();
    await here.record(4, storage);
    await recordings.makeFile(range(0, 20), 'file-0001');
    await here.allUploaded();
    await until('the file', () => here.keysInS3().includes('files/file-0001.mp4'));
    const whole = here.keysInS3().length;
    await recordings.erase(range(0, 10), ['file-0001']);
    await allErased();
    expect(here.keysInS3()).to.have.length(whole - 6);
    expect(here.keysInS3()).to.include(`${runId}/source/s9.m4s`).and.not.include('files/file-0001.mp4');
    expect(here.s3.objects.has(s1)).to.equal(false);
    expect(await storage.find(join(here.directory, 'live', streamId, 'files', 'file-0001.mp4'))).to.equal(
      null,
    );
    await storage.look();
    await until('the index as it is now', () => {
      const index = here.s3.objects.get(`plenary/live/${streamId}/${runId}/index.ndjson`);
      return parseIndex(String(index?.bytes)).some(({ kind }) => kind === 'erased');
    });
    here.passHours(25);
    await storage.look();
    expect((await recordings.readRecording(range(0, 100))).durationMs).to.be.closeTo(10_000, 50);
  });

  it('leaves nothing of a run that is erased as a whole, though it was in S3 alone', async () => {
    const { storage, recordings } = await here.start({ keepHours: 0 });
    await here.record(2, storage);
    await here.allUploaded();
    await storage.look();
    expect(await here.localNames(runId, 'source')).to.deep.equal([]);
    await recordings.erase(range(0, 100), []);
    await allErased();
    expect([...here.s3.objects.keys()]).to.deep.equal([]);
    expect(await here.localNames()).not.to.include(runId);
  });

  it('breaks off an upload, and what S3 had taken all the same goes with the second round', async () => {
    const { storage, recordings } = await here.start({
      eraseAgainAfterMs: 1_000,
      patience: { readMs: 5_000, writeMs: 5_000 },
    });
    let commit: () => void = () => undefined;
    here.s3.late = new Promise<void>((resolve) => (commit = resolve));
    const how = { 's1.m4s': 'late', 's2.m4s': 'hang' } as const;
    here.s3.behave = (method, key) =>
      (method === 'PUT' && how[key.slice(-6) as keyof typeof how]) || 'answer';
    await here.record(2, storage);
    const isAsked = (name: string) => here.s3.asked.some(({ key }) => key.endsWith(name));
    await until('uploads to be under way', () => isAsked('s1.m4s') && isAsked('s2.m4s'));
    const began = performance.now();
    await recordings.erase(range(0, 100), []);
    expect(performance.now() - began, 'it does not wait for S3').to.be.below(2_000);
    await until('the uploads to be broken off', () => here.s3.uploading() === 0, 2_000);
    await until('the first round', () =>
      here.s3.asked.some(({ method, key }) => method === 'DELETE' && key === s1),
    );
    commit();
    await until('S3 to have it after all', () => here.s3.objects.has(s1));
    await allErased();
    expect([...here.s3.objects.keys()]).to.deep.equal([]);
    await storage.look();
    expect([...here.s3.objects.keys()]).to.deep.equal([]);
  });

  it('is done when S3 is back, also by another process', async () => {
    const first = await here.start();
    await here.record(2, first.storage);
    await here.allUploaded();
    await here.s3.goDown();
    await first.recordings.erase(range(0, 100), ['file-0001']);
    expect(await here.localNames()).not.to.include(runId);
    await until('a sentence', () =>
      first.logLines.some((line) => line.includes('what was erased is still in S3')),
    );
    await first.stop();
    expect(await notes()).to.have.length(2);
    expect(here.keysInS3()).to.have.length(6);
    await here.s3.comeUp();
    await here.start();
    await allErased();
    expect([...here.s3.objects.keys()]).to.deep.equal([]);
  });

  it('is not held up by one object that S3 does not let go', async () => {
    const { storage, recordings } = await here.start();
    await here.record(4, storage);
    await here.allUploaded();
    here.s3.behave = (method, key) => (method === 'DELETE' && key === s1 ? 400 : 'answer');
    await recordings.erase(range(0, 3.5), []);
    await recordings.erase(range(10, 100), []);
    await until('the second to be done with', async () => (await notes()).length === 1);
    expect(here.s3.objects.has(s1)).to.equal(true);
    here.s3.behave = () => 'answer';
    await allErased();
    expect(here.s3.objects.has(s1)).to.equal(false);
  });

  it('is finished for a process that died after it had noted it', async () => {
    const first = await here.start();
    await here.record(2, first.storage);
    await here.allUploaded();
    await first.stop();
    const keys = [1, 2].map((msn) => `live/${streamId}/${runId}/source/s${msn}.m4s`);
    mkdirSync(join(here.directory, 'erasing'), { recursive: true });
    writeFileSync(join(here.directory, 'erasing', 'note-00000001.json'), JSON.stringify({ keys }));
    writeFileSync(
      join(here.directory, 'erasing', 'note-00000002.json'),
      '{"keys":["live/../../etc/passwd"]}',
    );
    const next = await here.start();
    await until('the first note to be done with', async () => (await notes()).length === 1);
    expect(here.s3.objects.has(s1)).to.equal(false);
    expect(await here.localNames(runId, 'source')).not.to.include('s1.m4s');
    expect(next.logLines.join('')).to.include('cannot be read; it may still be in S3');
  });
});
