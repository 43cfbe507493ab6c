import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { CommandError } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { readCredentials, writeCredentials } from '../remote/credentials.ts';
import { serverUrl } from '../remote/server-access.ts';

export const logout: Command = {
  name: 'logout',
  summary: 'forget the key of a server',
  usage: '[options]',
  positionals: { min: 0, max: 0, name: '' },
  flags: [
    { name: 'server', value: 'url', summary: 'which (default: that of the last login)' },
    { name: 'all', summary: 'those of all servers' },
    { name: 'json', summary: 'which were forgotten as JSON on stdout, for programs' },
  ],
  notes: ['The key goes on to be good: whoever has it elsewhere can use it until DELETE /keys/{id} revokes it.'],
  examples: ['datamaker logout', 'datamaker logout --all'],
  run,
};

async function run(args: Arguments): Promise<void> {
  const { current, servers } = readCredentials(process.env);
  const given = flagValue(args, 'server');
  const known = Object.keys(servers);
  const wanted = given === undefined ? current : serverUrl(given, '--server');
  const gone = args.flags.has('all') ? known : known.filter((url) => url === wanted);
  if (gone.length === 0) {
    const hint = known.length === 0 ? 'no key is kept at all' : `kept are those of ${known.join(', ')}`;
    throw new CommandError(2, 'not_logged_in', `no key is kept${wanted === undefined ? '' : ` for ${wanted}`}`, {
      hint,
    });
  }
  const left = Object.entries(servers).filter(([url]) => !gone.includes(url));
  const next = left.find(([url]) => url === current)?.[0];
  await writeCredentials({ current: next, servers: Object.fromEntries(left) }, process.env);
  if (args.flags.has('json')) await print(`${JSON.stringify({ servers: gone }, undefined, 2)}\n`);
  else say(`the key for ${gone.join(', ')} is forgotten; on the server it is good until it is revoked\n`);
}
