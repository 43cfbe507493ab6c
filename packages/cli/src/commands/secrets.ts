import type { Rotated } from '@datamaker/server/maintenance';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { masterKeysOf } from '../backup/data-place.ts';
import { badInput, CommandError } from '../errors/command-error.ts';
import { print } from '../output/print.ts';

export const secrets: Command = {
  name: 'secrets',
  summary: 'change the keys that secrets of the server are sealed under',
  usage: 'rotate [options]',
  positionals: { min: 1, max: 1, name: 'rotate' },
  actions: ['rotate'],
  flags: [
    { name: 'data-keys', summary: 'seal all values anew with new data keys, too' },
    { name: 'forget', summary: 'take the master keys before out of the file; backups from before need them' },
    {
      name: 'data-dir',
      value: 'folder',
      summary: "the server's (default: $DATAMAKER_DATA_DIR, else .datamaker)",
    },
  ],
  notes: [
    'The master key wraps a data key for each workspace, and that seals its secrets. Servers may run meanwhile. A rotation that was killed is finished by the next one.',
    'With the key in a file, a new one is made and put before the others. With $DATAMAKER_MASTER_KEY, set it to a new key and $DATAMAKER_MASTER_KEY_PREVIOUS to the one before, restart all servers so, then rotate.',
    '$DATABASE_URL names a PostgreSQL that the server uses in place of the bundled one.',
  ],
  examples: ['datamaker secrets rotate', 'datamaker secrets rotate --data-keys --data-dir /var/lib/datamaker'],
  run,
};

async function run(args: Arguments): Promise<void> {
  const [action = ''] = args.positionals;
  if (action !== 'rotate') {
    const message = `there is no such action: ${JSON.stringify(action.slice(0, 40))}; there is rotate`;
    throw badInput('the command line', [{ code: 'unknown_action', place: 'secrets', message }]);
  }
  const { rotateSecrets, StartError } = await import('@datamaker/server/maintenance');
  const { env } = process;
  const given = Object.entries({
    dataDirectory: flagValue(args, 'data-dir') ?? env['DATAMAKER_DATA_DIR'],
    databaseUrl: env['DATABASE_URL'],
  }).filter(([, value]) => value !== undefined && value !== '');
  const rotated = await rotateSecrets({
    ...Object.fromEntries(given),
    ...masterKeysOf(env),
    dataKeys: args.flags.has('data-keys'),
    forget: args.flags.has('forget'),
  }).catch((error: unknown) => {
    throw error instanceof StartError ? new CommandError(1, 'cannot_rotate', error.message, { cause: error }) : error;
  });
  await print(tell(rotated, args.flags.has('forget')));
}

function tell({ masterKey, before, file, resumed, ...counts }: Rotated, isForgotten: boolean): string {
  const { rewrapped, replaced, resealed } = counts;
  const place = file === undefined ? '' : `, the first in ${file}`;
  const begun = resumed ? 'Finished a rotation that was begun before.\n' : '';
  const done = `All secrets are under the master key ${masterKey}${place}: ${rewrapped} data keys wrapped anew, ${replaced} replaced, ${resealed} values sealed anew.\n`;
  if (before.length === 0) return begun + done;
  const list = before.join(', ');
  return `${begun}${done}${isForgotten ? `Forgotten: ${list}.` : `Needed only for backups from before: ${list}.`}\n`;
}
