import { createInterface } from 'node:readline';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { Bridge } from '../mcp/bridge.ts';
import { serverAccess } from '../remote/server-access.ts';
import { DEFAULT_URL } from '../remote/server-flags.ts';
import { stopSignal } from '../signals/stop-signal.ts';

/** The first of them that is set: those of the server, and those that the Python package reads. */
const URLS = ['DATAMAKER_URL', 'DM_URL'];
const KEYS = ['DATAMAKER_API_KEY', 'DM_API_KEY'];
const PROJECTS = ['DM_PROJECT_ID'];

export const mcp: Command = {
  name: 'mcp',
  summary: 'give editors and agents the tools of a server, over stdin and stdout',
  usage: '[options]',
  positionals: { min: 0, max: 0, name: '' },
  flags: [
    {
      name: 'url',
      value: 'url',
      summary: `where the server is (default: $${URLS.join(', $')}, else datamaker.json, else the last login, else ${DEFAULT_URL})`,
    },
    {
      name: 'key',
      value: 'key',
      summary: `the key (better: \`datamaker login\`, $${KEYS.join(' or $')}, which nobody sees in a list of processes)`,
    },
    { name: 'project', value: 'id', summary: `the project (default: $${PROJECTS[0]}, else that of the key)` },
  ],
  notes: [
    'Clients of the Model Context Protocol start it: a line of stdin is a message, and so is a line of stdout, on which there is nothing else. It carries them to /mcp of the server and back.',
    'With a key that may only read, only tools that read are there.',
  ],
  examples: ['claude mcp add datamaker --env DM_API_KEY=… -- datamaker mcp --url http://127.0.0.1:3000'],
  run,
};

async function run(args: Arguments): Promise<void> {
  const gone = new AbortController();
  const { url, headers } = accessOf(args);
  const bridge = new Bridge({
    url: `${url}/mcp`,
    headers,
    write: (line) => void process.stdout.write(`${line}\n`),
    signal: gone.signal,
  });
  // Messages go on their way in order, but none waits for the answer of another.
  const sent = new Set<Promise<void>>();
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  void stopSignal().then(() => {
    gone.abort();
    lines.close();
  });
  let first: Promise<void> | undefined;
  for await (const line of lines) {
    // The session that the first answer begins is needed by all others.
    await first;
    const sending = bridge.take(line);
    first ??= sending;
    sent.add(sending);
    void sending.finally(() => sent.delete(sending));
  }
  // What was asked before the end of stdin is answered.
  await Promise.all(sent);
  await bridge.close();
}

const firstOf = (names: readonly string[]): string | undefined =>
  names.map((name) => process.env[name]?.trim() ?? '').find((value) => value !== '');

/** @throws CommandError */
function accessOf(args: Arguments): { readonly url: string; readonly headers: Record<string, string> } {
  const given = {
    // Also where somebody names the path of the protocol, as other clients want it.
    url: (flagValue(args, 'url') ?? firstOf(URLS))?.replace(/\/+$/, '').replace(/\/mcp$/, ''),
    key: flagValue(args, 'key')?.trim() ?? firstOf(KEYS),
    project: flagValue(args, 'project') ?? firstOf(PROJECTS),
  };
  const { url, key, project } = serverAccess(given, { flag: '--url' });
  return {
    url,
    headers: { authorization: `Bearer ${key}`, ...(project === undefined ? {} : { 'x-datamaker-project': project }) },
  };
}
