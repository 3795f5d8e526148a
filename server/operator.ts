import { parseArgs } from 'node:util';
import slugify from '@sindresorhus/slugify';
import { loadConfig } from './config.ts';
import { emailAddress, requiredText } from './contracts/form-text.ts';
import { createDeps } from './deps.ts';
import { addMember } from './organisers/add-member.ts';
import { createOrganiser } from './organisers/create-organiser.ts';
import { connectDatabase, disconnectDatabase, ensureIndexes } from './platform/database/connect-database.ts';
import { openOrJoinDatabase } from './platform/database/open-database.ts';
import { createLogger } from './platform/logging/create-logger.ts';
import { readOrMakeInstallationKey } from './platform/secrets/installation-key.ts';

const operator = { kind: 'system', name: 'operator' } as const;

/** `npm run organiser:create -- --name NAME --email ADDRESS`: an organiser and the first owner in it. */
async function main(): Promise<string> {
  const { values } = parseArgs({ options: { name: { type: 'string' }, email: { type: 'string' } } });
  const name = requiredText('a name with --name', 80).parse(values.name);
  const email = emailAddress.parse(values.email);
  const config = loadConfig();
  const database = await openOrJoinDatabase(config);
  try {
    await connectDatabase(database.uri);
    await ensureIndexes();
    const secretKey = config.secretKey ?? readOrMakeInstallationKey(config.dataDirectory);
    const assets = { styles: [], script: null, directory: '' };
    const deps = createDeps({ config, secretKey, logger: createLogger('warn'), assets });
    return await deps.transaction(async () => {
      const made = await createOrganiser(operator, { name, slug: slugify(name), contactEmail: email }, deps);
      if (!made.ok) throw new Error('There is an organiser of that name already.');
      const added = await addMember(
        operator,
        { organiserId: made.organiserId, email, name, role: 'owner' },
        deps,
      );
      if (!added.ok) throw new Error('That address belongs to an organiser already.');
      return `${name} is ready. ${email} signs in at ${config.publicUrl}/sign-in and sets up a second step there.`;
    });
  } finally {
    await disconnectDatabase();
    await database.close();
  }
}

main().then(
  (said) => console.log(said),
  (error: unknown) => {
    const issues =
      error instanceof Error && 'issues' in error ? (error.issues as { message: string }[]) : null;
    console.error(
      issues
        ? issues.map(({ message }) => message).join('\n')
        : error instanceof Error
          ? error.message
          : error,
    );
    process.exitCode = 1;
  },
);
