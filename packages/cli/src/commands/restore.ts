import type { Arguments, Command } from '../arguments/command.ts';
import { dataFlag, placeOf } from '../backup/data-place.ts';
import { interruptible } from '../backup/interruptible.ts';
import { openStatusLine } from '../backup/status-line.ts';
import { toCommandError } from '../backup/to-command-error.ts';
import { isSystemError, translateSystemError } from '../errors/system-error.ts';
import { say } from '../output/say.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'put a backup where a server will find it',
  usage: '<file> [options]',
  positionals: { min: 1, max: 1, name: 'file' },
  flags: [
    { name: 'replace', summary: 'lose the data that is there; without, only an empty place is taken' },
    { name: 'without-key', summary: 'restore although the keys in the backup will not work' },
    dataFlag,
  ],
  notes: [
    'The whole file is checked first, then it is loaded in one transaction: when anything fails, or with Ctrl-C, all is as it was before. No server may run on what is replaced.',
    'A backup of an older version is brought forward; one of a newer version is refused. $DATABASE_URL names a PostgreSQL that is used in place of the bundled one.',
    'Copy the file `secret` of the server that was backed up into the data folder first.',
  ],
  examples: ['datamaker restore monday.zip', 'datamaker restore monday.zip --replace --data-dir /var/lib/datamaker'],
  run,
};

const STEPS = { check: 'checking', load: 'loading' } as const;

async function run(args: Arguments): Promise<void> {
  const [file = ''] = args.positionals;
  const place = placeOf(args);
  const server = await import('@datamaker/server');
  const status = openStatusLine();
  const onProgress = (step: keyof typeof STEPS, bytes: number, total: number): void =>
    status.show(() => `${STEPS[step]}: ${Math.floor((bytes / Math.max(total, 1)) * 100)} %`);
  const flags = { replace: args.flags.has('replace'), withoutKey: args.flags.has('without-key') };
  const { manifest, migrated } = await interruptible((signal) =>
    server.restore(file, place, { ...flags, onProgress, signal }),
  ).catch((error: unknown) => {
    status.clear();
    throw isSystemError(error) && error.path === file
      ? translateSystemError(error, `${file} could not be read`)
      : toCommandError(error);
  });
  status.clear();
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  say(`${rows.toLocaleString('en')} rows restored from ${file}\n`);
  if (migrated.length > 0) say(`It is of an older version, and was brought forward: ${migrated.join(', ')}\n`);
}
