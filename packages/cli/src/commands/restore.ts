import type { Arguments, Command } from '../arguments/command.ts';
import { dataFlag, masterKeysOf, placeOf } from '../backup/data-place.ts';
import { openStatusLine } from '../backup/status-line.ts';
import { toCommandError } from '../backup/to-command-error.ts';
import { isSystemError, translateSystemError } from '../errors/system-error.ts';
import { say } from '../output/say.ts';
import { interruptible } from '../signals/interruptible.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'put a backup where a server will find it',
  usage: '<file> [options]',
  positionals: { min: 1, max: 1, name: 'file' },
  flags: [
    { name: 'replace', summary: 'lose the data that is there; without, only an empty place is taken' },
    {
      name: 'without-key',
      summary: 'restore although keys in the backup will not work, and lose secrets that no master key here opens',
    },
    dataFlag,
  ],
  notes: [
    'The whole file is checked first, then it is loaded in one transaction: when anything fails, or with Ctrl-C, all is as it was before. No server may run on what is replaced.',
    'A backup of an older version is brought forward; one of a newer version is refused. $DATABASE_URL names a PostgreSQL that is used in place of the bundled one.',
    'Copy the files `secret` and `master-keys` of the server that was backed up into the data folder first, or set $DATAMAKER_MASTER_KEY as it is set there.',
    'Files of workspaces go into the data folder, or the object store that $DATAMAKER_S3_BUCKET and the like name: one that no other server uses, or a $DATAMAKER_S3_PREFIX of its own.',
  ],
  examples: ['datamaker restore monday.zip', 'datamaker restore monday.zip --replace --data-dir /var/lib/datamaker'],
  run,
};

const STEPS = { check: 'checking', load: 'loading' } as const;

async function run(args: Arguments): Promise<void> {
  const [file = ''] = args.positionals;
  const place = placeOf(args);
  const server = await import('@datamaker/server/maintenance');
  const status = openStatusLine();
  const onProgress = (step: keyof typeof STEPS, bytes: number, total: number): void =>
    status.show(() => `${STEPS[step]}: ${Math.floor((bytes / Math.max(total, 1)) * 100)} %`);
  const flags = {
    replace: args.flags.has('replace'),
    withoutKey: args.flags.has('without-key'),
    masterKeys: masterKeysOf(process.env),
  };
  const { manifest, migrated, lostSecrets } = await interruptible((signal) =>
    server.restore(file, place, { ...flags, onProgress, signal }),
  ).catch((error: unknown) => {
    status.clear();
    throw isSystemError(error) && error.path === file
      ? translateSystemError(error, `${file} could not be read`)
      : toCommandError(error);
  });
  status.clear();
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const files = manifest.blobs.length === 0 ? '' : ` and ${manifest.blobs.length.toLocaleString('en')} files`;
  say(`${rows.toLocaleString('en')} rows${files} restored from ${file}\n`);
  if (lostSecrets > 0) say(`${lostSecrets} secrets were removed, since no master key here opens them.\n`);
  if (migrated.length > 0) say(`It is of an older version, and was brought forward: ${migrated.join(', ')}\n`);
}
