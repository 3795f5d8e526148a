import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { until } from '../../../support/until.ts';
import { runId, streamId } from '../packaging/made-run.ts';
import { makeInstallation, range, type Installation } from './kept-in-s3.ts';

const names = ['init-0.mp4', ...[0, 1, 2, 3, 4].map((msn) => `s${msn}.m4s`)];
const objects = names.map((name) => `${runId}/source/${name}`);

const keyOfPicture = `plenary/live/${streamId}/files/file-0001-1.jpg`;

describe('recordings on their way to S3', () => {
  let here: Installation;
  beforeEach(async () => {
    here = await makeInstallation();
  });
  afterEach(() => here.close());

  const pathOf = (key: string) => join(here.directory, 'live', streamId, key);

  it('come there while they are recorded, as they are and each once', async () => {
    const { storage } = await here.start();
    await here.record(2, storage);
    await here.allUploaded();
    expect(here.keysInS3()).to.deep.equal(objects);
    for (const key of objects) {
      const object = here.s3.objects.get(`plenary/live/${streamId}/${key}`);
      expect(object?.bytes.equals(await readFile(pathOf(key))), key).to.equal(true);
      expect(object?.type).to.equal(key.endsWith('.mp4') ? 'video/mp4' : 'video/iso.segment');
    }
    expect(here.uploads().map(({ status }) => status)).to.deep.equal(objects.map(() => 200));
  });

  it('go on where a process that was killed stopped, and what was there is not sent again', async () => {
    await here.record(4, null);
    const first = await here.start();
    let taken = 0;
    here.s3.behave = () => ((taken += 1) > 6 ? 'hang' : 'answer');
    await until('some to be there', () => here.keysInS3().length >= 3 && taken > 9);
    const before = new Set(here.keysInS3());
    await first.stop();
    here.s3.asked.length = 0;
    here.s3.behave = () => 'answer';
    await here.start();
    await here.allUploaded();
    expect(here.keysInS3()).to.have.length(11);
    const again = here
      .uploads()
      .filter(({ key }) => before.has(key.replace(`plenary/live/${streamId}/`, '')));
    expect(again).to.deep.equal([]);
    expect(here.s3.mostAtOnce()).to.equal(4);
  });

  it('wait on the disk while S3 is down, recording going on, and come there when it is back', async () => {
    await here.s3.goDown();
    const { storage, logLines } = await here.start();
    const made = await here.record(2, storage);
    expect(made.errors).to.deep.equal([]);
    await until('the organiser to be warned', () => storage.isAway());
    expect(await here.localNames(runId, 'source')).to.have.members(names);
    expect(logLines.join('')).to.include(
      'recordings wait on the local disk: S3 cannot be reached at S3_ENDPOINT',
    );
    await here.s3.comeUp();
    await here.allUploaded();
    expect(here.keysInS3()).to.deep.equal(objects);
    expect(storage.isAway()).to.equal(false);
  });

  it('come there though S3 falters: overloaded, hanging, cut in the middle, an answer lost', async () => {
    const ways = [503, 'cut', 'hang', 500, 'forget'] as const;
    let asked = 0;
    here.s3.behave = (method) => (method === 'PUT' && ways[asked++]) || 'answer';
    await here.record(2, null);
    await here.start();
    await here.allUploaded();
    expect(asked).to.be.greaterThan(ways.length);
    expect(here.keysInS3()).to.deep.equal(objects);
    for (const key of objects)
      expect(
        here.s3.objects.get(`plenary/live/${streamId}/${key}`)?.bytes.equals(await readFile(pathOf(key))),
      ).to.equal(true);
  });

  it('leave out a segment that is lost on the disk, and still finish', async () => {
    await here.record(2, null);
    await rm(pathOf(`${runId}/source/s1.m4s`));
    await here.start();
    await here.allUploaded();
    expect(here.keysInS3()).to.deep.equal(objects.filter((key) => !key.endsWith('/s1.m4s')));
  });

  it('say in a sentence which setting is wrong, and lose nothing', async () => {
    await here.record(1, null);
    const wrong = await here.start({ secret: 'wrong' });
    await until('a sentence', () => wrong.logLines.some((line) => line.includes('recordings wait')));
    expect(wrong.logLines.join(''))
      .to.include('S3 does not accept S3_SECRET_ACCESS_KEY')
      .and.not.include('wrong"');
    expect(here.keysInS3()).to.deep.equal([]);
    await wrong.stop();
    await here.start();
    await here.allUploaded();
    expect(here.keysInS3()).to.include(`${runId}/source/s1.m4s`);
  });

  it('leave a film on the disk that is larger than one request may be, and say so', async () => {
    await here.record(1, null);
    const folder = join(here.directory, 'live', streamId, 'files');
    await mkdir(folder, { recursive: true });
    for (const name of ['file-0001.mp4', 'file-0002.mp4']) await writeFile(join(folder, name), 'film');
    await truncate(join(folder, 'file-0001.mp4'), 5 * 2 ** 30 + 1);
    const { storage, logLines } = await here.start({ keepHours: 0 });
    await here.allUploaded();
    await until('the other film', () => here.keysInS3().includes('files/file-0002.mp4'));
    await storage.look();
    expect(await here.localNames('files'))
      .to.include('file-0001.mp4')
      .and.not.include('file-0002.mp4');
    expect(logLines.filter((line) => line.includes('it is larger than 5 GB'))).to.have.length(1);
  });

  it('come as they are in the end, though a file was still being written', async () => {
    const path = pathOf('files/file-0001-1.jpg');
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, 'half');
    let commit: () => void = () => undefined;
    here.s3.late = new Promise<void>((resolve) => (commit = resolve));
    here.s3.behave = () => 'late';
    await here.start();
    await until('half of it to be under way', () => here.uploads().length === 1);
    await writeFile(path, 'half and half');
    commit();
    await until('all of it', () => here.s3.objects.get(keyOfPicture)?.bytes.toString() === 'half and half');
  });

  it('have the files made of them beside them', async () => {
    const { storage, recordings } = await here.start();
    await here.record(2, storage);
    await recordings.makeFile(range(2, 8), 'file-0001');
    await until('the file', () => here.keysInS3().includes('files/file-0001.mp4'));
    expect(
      here.s3.objects.get(`plenary/live/${streamId}/files/file-0001.mp4`)?.bytes.toString('latin1', 4, 8),
    ).to.equal('ftyp');
  });
});
