import type { SourceFile } from './source-files.ts';

const folderlessRoots = new Set([
  'server/web.ts',
  'server/worker.ts',
  'server/media.ts',
  'server/start.ts',
  'server/data.ts',
  'server/operator.ts',
  'server/mail-doctor.ts',
  'server/app.ts',
  'server/deps.ts',
  'server/config.ts',
]);
const notNouns = new Set(['contracts', 'platform', 'migrations']);
const kinds =
  /^[a-z0-9]+(-[a-z0-9]+)*\.(model\.ts|rules\.ts|queries\.ts|routes\.tsx|api\.ts|webhooks\.ts|sockets\.ts|jobs\.ts)$/;
const useCase = /^([a-z]+)(-[a-z0-9]+)+\.ts$/;
const banned = /(^|[-.])(service|utils?|helpers?|misc|common|shared|lib|manager)([-.]|$)|^index\./;

/** First words of use cases. Add the verb you need; a noun here is how a vague file gets in. */
export const verbs = new Set(
  `add address advance allow append approve ask become begin cancel change check claim close confirm count create decline delete direct edit end enter
   enrol erase expire export extend follow give import invite issue join leave limit list make mark merge move note offer open pass
   pause plan publish put read rebuild receive reconcile record register release remove rename repeat request require resend seal
   reset resolve restore resume revoke run save schedule see seed send serve set show sign skip star start stop store suppress sweep take tell
   touch undo unpublish update use verify vote wake watch find rehearse raise lower react silence ban clear dismiss assign answer mute beat tally extend report pin serve withdraw write`.split(
    /\s+/,
  ),
);

/** Complaints about names outside the closed vocabulary of architecture.md; empty when all is well. */
export function complaintsAboutNames(files: readonly Pick<SourceFile, 'path'>[]): string[] {
  return files.flatMap(({ path }) => {
    const [top, folder, ...rest] = path.split('/');
    const name = path.split('/').at(-1) ?? '';
    if (banned.test(name)) return [`${path}: name the purpose, not a drawer`];
    if (!/^[a-z0-9.-]+$/.test(name)) return [`${path}: file names are kebab-case`];
    if (top !== 'server' || !folder || notNouns.has(folder)) return [];
    if (rest.length === 0)
      return folderlessRoots.has(path) ? [] : [`${path}: not one of the files that server/ holds itself`];
    if (folder === 'demo') return [];
    if (rest.length > 1) return [`${path}: a noun folder has no folders inside`];
    if (kinds.test(name)) return [];
    const verb = useCase.exec(name)?.[1];
    return verb && verbs.has(verb)
      ? []
      : [`${path}: neither a known kind of file nor a use case named by its verb`];
  });
}
