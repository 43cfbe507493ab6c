import type { Arguments, Command } from '../arguments/command.ts';
import { CommandError } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { stopSignal } from '../signals/stop-signal.ts';
import { serverOptions } from './server-options.ts';
import { settingsOf } from './settings-of.ts';

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
    'The first start makes an API key and prints it once, unless $DATAMAKER_API_KEY gives one of at least 24 characters. $DATABASE_URL names a PostgreSQL to use in place of the bundled one.',
    'With $ANTHROPIC_API_KEY or $DATAMAKER_MODEL_URL a language model answers in chats, and is asked about columns whose names leave in doubt what they hold; without, none ever is.',
    'Behind a proxy, $DATAMAKER_TRUSTED_PROXIES names the addresses or networks (with commas between them) whose X-Forwarded-For tells who asks; limits for each address count by it.',
    '$DATAMAKER_PLANS sets what workspaces may use by their plan, as JSON: {"team": {"requestsPerMinute": 600, "rowsPerHour": 1000000, "previewsPerMinute": 300}}. What a plan leaves out is without limit. Owners put their workspace on any of them, unless DATAMAKER_PLAN_CHANGES=operator leaves that to `datamaker workspaces`.',
    'People sign in by OpenID Connect when $DATAMAKER_OIDC_ISSUER, $DATAMAKER_OIDC_CLIENT_ID, $DATAMAKER_OIDC_CLIENT_SECRET and $DATAMAKER_OIDC_DOMAINS (such as example.org=member) are set; the provider sends them back to /session/oidc/callback. $DATAMAKER_OIDC_WORKSPACES says which workspace somebody new comes into, as an id or by domain (ws_2m5r…,example.com=ws_8d3k…; default: the oldest).',
    'Workspace files are kept in the data directory, or in an S3-compatible object store: $DATAMAKER_S3_BUCKET names its bucket, $DATAMAKER_S3_ENDPOINT its address unless it is that of AWS, $DATAMAKER_S3_REGION, $DATAMAKER_S3_ACCESS_KEY_ID and $DATAMAKER_S3_SECRET_ACCESS_KEY the rest, $DATAMAKER_S3_PREFIX what stands before all keys. $DATAMAKER_MAX_FILE_BYTES is the most that a file may have (default: 50 MiB).',
    'Secrets are sealed under $DATAMAKER_MASTER_KEY (32 bytes in base64 or hexadecimal digits), or a key that the first start makes in the file master-keys of the data directory. While keys change, $DATAMAKER_MASTER_KEY_PREVIOUS is the one before; see `datamaker secrets`.',
    'A generation of more than $DATAMAKER_ASYNC_ROWS rows is a run unless a stream is asked for (default: only those that are asked for are runs). This process works on as many runs at a time as it has cores, or $DATAMAKER_RUN_WORKERS of them, 0 for none, on parts of jobs with one core less, or $DATAMAKER_JOB_WORKERS of them, and on four scenarios, or $DATAMAKER_SCENARIO_WORKERS of them. Scenarios are executed in bubblewrap; where that does not hold on this host, by workers (`datamaker worker`) or nowhere; with DATAMAKER_SANDBOX=none as plain processes, where there is one workspace and only this machine reaches the server. Packages that scenarios name come from $DATAMAKER_PYPI_INDEX (default: what the variables of uv and pip say, then PyPI) and take $DATAMAKER_MAX_PACKAGE_BYTES at most (default: 8 GiB); with DATAMAKER_PREINSTALLED=false none are pre-installed. $DATAMAKER_MAX_RUN_BYTES is the most that an output may have (default: what the plan says, 5 GiB).',
    'Connections lead to public addresses only; $DATAMAKER_ALLOW_PRIVATE_TARGETS opens private ones to them: ranges with or without a port, parted by commas, such as 10.1.0.0/16,127.0.0.1:5432. Ports of the server and of its database stay closed.',
    'It runs until Ctrl-C or SIGTERM, then finishes what it is doing and ends with exit code 0. A second Ctrl-C, two seconds later or more, ends it at once.',
  ],
  examples: ['datamaker serve', 'datamaker serve --port 8080 --data-dir /var/lib/datamaker'],
  run,
};

async function run(args: Arguments): Promise<void> {
  const options = serverOptions(args, process.env);
  // Before the start: a database that is being started wants to be stopped as well.
  const stop = stopSignal();
  const { readAgentSettings, readModelSettings, readOidcSettings, readSettings, startServer, StartError } =
    await import('@datamaker/server');
  const model = settingsOf('invalid_model_settings', () => readModelSettings(process.env));
  const agent = settingsOf('invalid_agent_settings', () => readAgentSettings(process.env));
  const oidc = settingsOf('invalid_oidc', () => readOidcSettings(process.env));
  const settings = settingsOf('invalid_setting', () => readSettings(process.env));
  const server = await startServer({
    ...settings,
    ...options,
    agent,
    ...(model === undefined ? {} : { model }),
    ...(oidc === undefined ? {} : { oidc }),
  }).catch((error: unknown) => {
    throw error instanceof StartError ? new CommandError(1, error.code, error.message, { cause: error }) : error;
  });
  await print(`${welcome(server.url, server.newKey)}DataMaker is ready at ${server.url}\n`);
  await stop;
  await server.close();
}

/** What a first start says: the key, and a link that takes it to the web app. Browsers send to nobody what is behind the #. */
const welcome = (url: string, key: string | undefined): string =>
  key === undefined
    ? ''
    : `Your API key, shown only this once: ${key}\nSet up your account in a browser: ${url}/app/welcome#key=${key}\n`;
