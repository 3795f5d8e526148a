import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { complaintsAboutNames } from './file-vocabulary.ts';
import { complaintsAboutSizes, complaintsAboutText } from './house-rules.ts';
import { cruiseImports } from './import-rules.ts';
import { readSources, root, type SourceFile } from './source-files.ts';

const source = readSources(['server', 'client', 'emails']);
const tests = readSources(['test', 'bench']);
const file = (path: string, text = ''): SourceFile => ({ path, text });

describe('the architecture', () => {
  it('has only files of the closed vocabulary', () => {
    expect(complaintsAboutNames(source)).to.deep.equal([]);
  });

  it('notices a drawer, a vague file and a folder inside a noun', () => {
    const planted = [
      'events/event.service.ts',
      'events/utils.ts',
      'events/index.ts',
      'events/event-things.ts',
      'events/parts/edit-event.ts',
      'boot.ts',
    ];
    for (const path of planted)
      expect(complaintsAboutNames([file(`server/${path}`)]), path).to.have.length(1);
  });

  it('keeps files small', () => {
    expect(complaintsAboutSizes([...source, ...tests])).to.deep.equal([]);
  });

  it('notices a file over its size and a median that grew', () => {
    expect(complaintsAboutSizes([file('server/x.ts', '\n'.repeat(301))])).to.include(
      'server/x.ts: 301 lines, at most 300',
    );
    expect(complaintsAboutSizes([file('server/x.ts', '\n'.repeat(61))]).join()).to.include('median');
  });

  it('reads the environment, listens to sockets and exports as the house does', () => {
    expect(
      complaintsAboutText([...source, ...tests.filter(({ path }) => !path.startsWith('test/architecture/'))]),
    ).to.deep.equal([]);
  });

  it('notices each planted offence in the text', () => {
    const offences = [
      'const x = process.env.PORT;',
      "socket.on('chat', handle);",
      'export default 1;',
      "export * from './a.ts';",
      '<p dangerouslySetInnerHTML={x} />',
      '<p style="color: red">',
    ];
    for (const text of offences)
      expect(complaintsAboutText([file('server/events/a.ts', text)]), text).to.have.length(1);
  });

  it('imports by the rules, and really looked', async function () {
    this.timeout(60_000);
    const { modules, complaints } = await cruiseImports(root, ['server', 'client', 'emails']);
    expect(complaints).to.deep.equal([]);
    expect(modules).to.be.at.least(source.length * 0.95);
  });

  it('notices each planted import', async function () {
    this.timeout(60_000);
    const tree = mkdtempSync(join(tmpdir(), 'plenary-imports-'));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    };
    const planted: [rule: string, from: string, to: string][] = [
      ['contracts import zod only', 'server/contracts/a.ts', 'server/platform/x.ts'],
      ['platform never imports a noun', 'server/platform/b.ts', 'server/events/x.ts'],
      ['client imports client and contracts only', 'client/components/c.ts', 'server/platform/x.ts'],
      ['what reaches the browser takes contracts as types', 'client/islands/a/d.ts', 'server/contracts/x.ts'],
      ['pages are shown by routes', 'server/events/edit-e.ts', 'client/pages/x.ts'],
      ['mails are rendered by jobs', 'server/events/edit-f.ts', 'emails/x.ts'],
      ['a model is private to its folder', 'server/sessions/edit-g.ts', 'server/events/x.model.ts'],
      ['rules are pure', 'server/events/h.rules.ts', 'server/events/x.queries.ts'],
      ['events imports only nouns below it', 'server/events/edit-i.ts', 'server/registrations/x.ts'],
    ];
    for (const [, from, to] of planted) {
      write(to, 'export const x = 1;\n');
      write(
        from,
        `import { x } from '${'../'.repeat(from.split('/').length - 1)}${to}';\nexport const y = x;\n`,
      );
    }
    write('server/live/see-a.ts', "import { b } from './see-b.ts';\nexport const a = b;\n");
    write('server/live/see-b.ts', "import { a } from './see-a.ts';\nexport const b = a;\n");
    const { complaints } = await cruiseImports(tree, ['server', 'client', 'emails']);
    rmSync(tree, { recursive: true });
    for (const [rule, from, to] of planted) expect(complaints).to.include(`${rule}: ${from} -> ${to}`);
    expect(complaints.join()).to.include('no cycles');
  });

  it('styles nothing that the site does not load', () => {
    const sheets = readSources(['client'], /\.css$/);
    const entry = sheets.find(({ path }) => path === 'client/styles/site.css')?.text ?? '';
    const forgotten = sheets.filter(
      ({ path }) => path !== 'client/styles/site.css' && !entry.includes(path.split('/').at(-1) ?? path),
    );
    expect(forgotten.map(({ path }) => path)).to.deep.equal([]);
  });
});
