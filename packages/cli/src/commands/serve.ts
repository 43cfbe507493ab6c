import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { toNumber } from '../arguments/to-number.ts';
import { badArgument, CommandError } from '../errors/command-error.ts';

/** Ctrl-C in a terminal reaches the program several times, from the terminal and from each process that started it. */
const REPEATED_MS = 2000;

export const serve: Command = {
  name: 'serve',
  summary: 'start the server',
  usage: '[options]',
  positionals: { min: 0, max: 0, name: '' },
  flags: [
    { name: 'port', short: 'p', value: 'N', summary: 'TCP port, 0 for a free one (default: $PORT, else 3000)' },
    { name: 'host', value: 'address', summary: 'address to listen on (default: $HOST, else 127.0.0.1)' },
    {
      name: 'data-dir',
      value: 'folder',
      summary: 'where its data is kept (default: $DATAMAKER_DATA_DIR, else .datamaker)',
    },
  ],
  notes: [
    'It runs until Ctrl-C or SIGTERM, then finishes what it is doing and ends with exit code 0. A second Ctrl-C, two seconds later or more, ends it at once.',
  ],
  examples: ['datamaker serve', 'datamaker serve --port 8080 --data-dir /var/lib/datamaker'],
  run,
};

async function run(args: Arguments): Promise<void> {
  const port = flagValue(args, 'port');
  const host = flagValue(args, 'host');
  const dataDir = flagValue(args, 'data-dir');
  const options = {
    ...(port === undefined ? {} : { port: parsePort(port) }),
    ...(host === undefined ? {} : { host }),
    ...(dataDir === undefined ? {} : { dataDir }),
  };
  const { startServer } = await import('@datamaker/server');
  const server = await startServer(options).catch((error: unknown) => {
    throw isStartError(error) ? new CommandError(1, 'cannot_start', error.message, { cause: error }) : error;
  });
  await stopSignal();
  await server.close();
}

const isStartError = (error: unknown): error is Error => error instanceof Error && error.name === 'StartError';

function parsePort(text: string): number {
  const port = toNumber(text);
  if (Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535) return Number(port);
  throw badArgument('--port', 'invalid_port', `a port is a whole number from 0 to 65535, not ${JSON.stringify(text)}`);
}

/** Waits for the wish to stop. From then on a repeated wish ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // The program's own handlers end it at once.
      process.removeAllListeners(signal);
      process.on(signal, () => {
        first ??= performance.now();
        if (performance.now() - first > REPEATED_MS) process.exit(130);
        resolve();
      });
    }
  });
}
