import { join } from 'node:path';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { dataFlag, placeOf } from '../backup/data-place.ts';
import { openStatusLine } from '../backup/status-line.ts';
import { toCommandError } from '../backup/to-command-error.ts';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import { openOutput } from '../output/open-output.ts';
import { ReaderGone } from '../output/output.ts';
import { say } from '../output/say.ts';
import { interruptible } from '../signals/interruptible.ts';
import { version } from '../version.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'back up what a server knows, while it runs or not',
  usage: '--out <file> [options]',
  positionals: { min: 0, max: 0, name: '' },
  flags: [{ name: 'out', short: 'o', value: 'file', summary: 'where to write it, - for a pipe' }, dataFlag],
  notes: [
    'The backup is of one moment, whatever is written meanwhile. $DATABASE_URL names a PostgreSQL that is used in place of the bundled one.',
    'The files `secret` and `master-keys` of the data folder are not in it. Keep copies of them elsewhere: without the one the keys, sessions and invites in a backup do not work, without the other (or $DATAMAKER_MASTER_KEY) nobody can open the secrets in it.',
    'Files of workspaces are in it, from the data folder or the object store that $DATAMAKER_S3_BUCKET and the like name.',
    'It is a ZIP archive with the rows of each table, a manifest, and SHA-256 sums; only its owner may read it, because hashes of passwords are in it. It appears under its name only when it is whole.',
  ],
  examples: ['datamaker backup --out monday.zip', 'datamaker backup --out - | age -r age1... > monday.zip.age'],
  run,
};

/** Only its owner may read or write it. */
const MODE = 0o600;

async function run(args: Arguments): Promise<void> {
  const place = placeOf(args);
  const out = flagValue(args, 'out');
  if (out === undefined) throw badArgument('--out', 'missing_option', '--out is missing', 'name the file to write');
  const { backUp } = await import('@datamaker/server/maintenance');
  const output = await openOutput(out, '--out', MODE);
  if (output.isTerminal) throw badArgument('--out', 'is_a_terminal', 'a backup is not for reading', 'name a file');
  const status = openStatusLine();
  const write = (chunk: Uint8Array) => explain(`${output.name} could not be written`, () => output.write(chunk));
  const onProgress = (rows: number, bytes: number): void =>
    status.show(() => `${rows.toLocaleString('en')} rows, ${(bytes / 1e6).toFixed(1)} MB`);
  const { tables, blobs, keyFingerprint, masterKeys } = await interruptible((signal) =>
    backUp(place, { write, onProgress, signal, productVersion: version() }),
  ).catch((error: unknown) => {
    status.clear();
    if (!(error instanceof ReaderGone)) throw toCommandError(error);
    throw new CommandError(1, 'reader_gone', 'the reader of the backup has closed it before its end');
  });
  await explain(`${output.name} could not be written`, () => output.commit());
  status.clear();
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const files = blobs.length === 0 ? '' : ` and ${blobs.length.toLocaleString('en')} files`;
  say(`${rows.toLocaleString('en')} rows${files} -> ${output.name}\n`);
  const secret = join(place.dataDirectory, 'secret');
  if (keyFingerprint === null) say(`There is no ${secret}: keys in the backup work only with the one of the server.\n`);
  else say(`${secret} is not in it: keep a copy elsewhere, or the keys in the backup are lost.\n`);
  if (masterKeys.length === 0) return;
  const kept = `${join(place.dataDirectory, 'master-keys')} or $DATAMAKER_MASTER_KEY`;
  say(`Secrets in it are sealed under ${masterKeys.join(', ')}: keep a copy of ${kept} elsewhere, or they are lost.\n`);
}
