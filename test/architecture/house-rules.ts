import { lineCount, type SourceFile } from './source-files.ts';

/** Complaints about sizes: hard stop, median and 90th percentile, as architecture.md sets them. */
export function complaintsAboutSizes(files: readonly SourceFile[]): string[] {
  const complaints = files.flatMap((file) => {
    const limit = file.path.startsWith('test/')
      ? 400
      : file.path.startsWith('client/components/')
        ? 200
        : 300;
    const lines = lineCount(file);
    return lines > limit ? [`${file.path}: ${lines} lines, at most ${limit}`] : [];
  });
  const sizes = files
    .filter(({ path }) => !path.startsWith('test/'))
    .map(lineCount)
    .sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.floor((sizes.length - 1) * share)] ?? 0;
  if (at(0.5) > 60) complaints.push(`median source file has ${at(0.5)} lines, at most 60`);
  if (at(0.9) > 150) complaints.push(`90th percentile of source files has ${at(0.9)} lines, at most 150`);
  return complaints;
}

/** Complaints about words in the code that open a door the house keeps shut. */
export function complaintsAboutText(files: readonly SourceFile[]): string[] {
  const rules: { pattern: RegExp; allowed: RegExp; why: string }[] = [
    {
      pattern: /\bprocess\.env\b/,
      allowed: /^(server\/config\.ts|test\/|bench\/)/,
      why: 'only config.ts reads the environment',
    },
    {
      pattern: /\bsocket\.(on|once|onAny|addListener)\(/,
      allowed:
        /^(server\/platform\/(realtime\/guard-socket\.ts|embedded-store\/wire\/)|client\/|test\/|bench\/)/,
      why: 'a bare socket handler that throws ends the process; go through the guarded wrapper',
    },
    { pattern: /^export default /m, allowed: /^\w+\.config\.ts$/, why: 'no default exports' },
    { pattern: /^export \* from /m, allowed: /^$/, why: 'no barrels' },
    {
      pattern: /dangerouslySetInnerHTML/,
      allowed: /^client\/(components|layouts)\//,
      why: 'raw HTML goes through one component',
    },
    {
      pattern: /\sstyle=[{"]/,
      allowed: /^(emails|test)\//,
      why: 'the content security policy allows no inline style',
    },
  ];
  return files.flatMap(({ path, text }) =>
    rules
      .filter(({ pattern, allowed }) => !allowed.test(path) && pattern.test(text))
      .map(({ why }) => `${path}: ${why}`),
  );
}
