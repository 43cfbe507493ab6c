import { domainToASCII } from 'node:url';
import { z } from 'zod';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import type { Target } from '../dial/dialer.ts';
import { readDatabaseUrl, readOptions, type TlsOptions, tlsOptions } from '../sql/database-url.ts';
import { invalidConfig } from '../sql/invalid-config.ts';

/** Ways to sign in that need nothing but a user and a password, and neither files nor other hosts. */
const MECHANISMS = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'] as const;

const options = z.strictObject({
  tls: tlsOptions.optional(),
  /** The database that knows the user. */
  authSource: z.string().min(1).max(63).optional(),
  authMechanism: z.enum(MECHANISMS).optional(),
  /** Whether only the servers that are named are connected to, and never those that they name. */
  directConnection: z.boolean().optional(),
  replicaSet: z.string().min(1).max(256).optional(),
  /** Whether rows may go to a collection that is not there, which makes it. */
  createCollections: z.boolean().optional(),
  /** After how long a silence in the middle of something the connection counts as broken. */
  idleTimeoutSeconds: z.int().min(1).max(86_400).optional(),
});

/** How to reach a MongoDB. The password is not part of it: it is a secret, kept elsewhere. */
export interface MongoConfig {
  /** One at least; with `srv` the one name, whose port means nothing. */
  readonly hosts: readonly Target[];
  /** Whether the hosts are to be looked up as a service (`mongodb+srv://`). */
  readonly srv: boolean;
  readonly database: string;
  readonly user: string | undefined;
  readonly tls: TlsOptions;
  /** Undefined: what the service says, or `admin`. */
  readonly authSource: string | undefined;
  readonly authMechanism: (typeof MECHANISMS)[number] | undefined;
  readonly directConnection: boolean;
  readonly replicaSet: string | undefined;
  readonly createCollections: boolean;
  readonly idleTimeoutMs: number;
}

/**
 * What a URL may say behind its question mark. Drivers take besides what reads files (`tlsCAFile`), goes elsewhere (`proxyHost`) or asks
 * machines for credentials. The last three are what Atlas writes into every URL, and change nothing here.
 */
const RULES = {
  protocols: ['mongodb:', 'mongodb+srv:'],
  parameters: [
    ...['authSource', 'authMechanism', 'directConnection', 'replicaSet', 'tls', 'ssl'],
    ...['retryWrites', 'w', 'appName'],
  ],
};
const IDLE_TIMEOUT_SECONDS = 300;
const MOST_HOSTS = 50;
/** `user:password@`, hosts, and the rest: a URL has one host, those of MongoDB have many. */
const PARTS = /^(mongodb(?:\+srv)?:\/\/(?:[^@/?#]*@)?)([^@/?#]*)(.*)$/is;

/**
 * Reads a connection, `mongodb://user:password@host:27017,other:27017/database?replicaSet=rs0`.
 * @throws ConnectionError invalid_config, without the password in it
 */
export function parseMongo(input: ConnectionInput): ParsedConnection {
  const { config, password } = read(input);
  const { user, tls, authSource, authMechanism, directConnection, replicaSet, createCollections, idleTimeoutMs } =
    config;
  return {
    config: {
      url: `mongodb${config.srv ? '+srv' : ''}://${hostsOf(config)}/${encodeURIComponent(config.database)}`,
      auth: user === undefined ? { type: 'none' } : { type: 'basic', username: user },
      options: {
        tls,
        ...(authSource === undefined ? {} : { authSource }),
        ...(authMechanism === undefined ? {} : { authMechanism }),
        directConnection,
        ...(replicaSet === undefined ? {} : { replicaSet }),
        createCollections,
        idleTimeoutSeconds: idleTimeoutMs / 1000,
      },
    },
    secrets: password === undefined ? {} : { password },
  };
}

/** What `parseMongo` made, in the words of the driver. @throws ConnectionError invalid_config */
export const mongoConfig = (kept: ConnectionConfig): MongoConfig => read(kept).config;

function read(input: ConnectionInput): { config: MongoConfig; password: string | undefined } {
  const [, front, list, rest] = PARTS.exec(input.url) ?? [];
  if (front === undefined || list === undefined || list === '') {
    throw invalidConfig('the URL has the form mongodb://user:password@host:port/database');
  }
  const srv = front.toLowerCase().startsWith('mongodb+srv:');
  const hosts = list.split(',').map(readHost);
  if (hosts.length > MOST_HOSTS) throw invalidConfig(`the URL names more than ${MOST_HOSTS} hosts`);
  const {
    path: database,
    user,
    password,
    parameters,
  } = readDatabaseUrl(
    // One host stands for all, which are read already.
    { url: `${front}host${rest}`, auth: input.auth },
    RULES,
  );
  const said = readOptions(options, { ...parametersOf(parameters), ...input.options });
  for (const name of Object.keys(input.options ?? {})) {
    if (!parameters.has(name)) continue;
    throw invalidConfig(`the URL and options both say ${name}: leave out one`);
  }
  checkDatabase(database);
  if (password !== undefined && user === undefined)
    throw invalidConfig('the connection has a password and names no user');
  if (srv && (hosts.length > 1 || hosts[0]?.port !== undefined)) {
    throw invalidConfig('mongodb+srv:// takes one name without a port: the hosts are looked up');
  }
  const tls = said.tls ?? { mode: tlsMode(parameters) ?? (srv ? 'verify-full' : 'disable') };
  if (said.authMechanism === 'PLAIN' && tls.mode === 'disable') {
    throw invalidConfig('authMechanism PLAIN sends the password as it is: it needs TLS');
  }
  const mayFollow = srv || hosts.length > 1 || said.replicaSet !== undefined;
  const directConnection = said.directConnection ?? !mayFollow;
  if (directConnection && (srv || hosts.length > 1)) throw invalidConfig('directConnection takes one host');
  return {
    config: {
      hosts: hosts.map(({ host, port = 27_017 }) => ({ host, port })),
      srv,
      database,
      user,
      tls,
      authSource: said.authSource,
      authMechanism: said.authMechanism,
      directConnection,
      replicaSet: said.replicaSet,
      createCollections: said.createCollections ?? false,
      idleTimeoutMs: (said.idleTimeoutSeconds ?? IDLE_TIMEOUT_SECONDS) * 1000,
    },
    password,
  };
}

function readHost(text: string): { host: string; port: number | undefined } {
  const [, bracketed, name, digits] = /^(?:\[([0-9a-f:.]+)\]|([^[\]:]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = bracketed ?? domainToASCII(name ?? '');
  const port = digits === undefined ? undefined : Number(digits);
  // A name with this end is a path of the file system to the driver.
  const isPath = /\.sock$/i.test(host);
  if (host === '' || isPath || port === 0 || (port ?? 1) > 65_535) {
    throw invalidConfig('the URL names hosts as host:port, with commas between them, and an IPv6 address in brackets');
  }
  return { host, port };
}

function parametersOf(parameters: ReadonlyMap<string, string>): Record<string, unknown> {
  const w = parameters.get('w');
  if (w !== undefined && w !== 'majority')
    throw invalidConfig('w is majority: what is written is kept by most of the servers');
  return Object.fromEntries(
    [...parameters].flatMap(([name, value]) => {
      if (['tls', 'ssl', 'retryWrites', 'w', 'appName'].includes(name)) return [];
      return [[name, name === 'directConnection' ? truth(name, value) : value]];
    }),
  );
}

function tlsMode(parameters: ReadonlyMap<string, string>): TlsOptions['mode'] | undefined {
  const [name, value] = ['tls', 'ssl'].map((one) => [one, parameters.get(one)] as const).find(([, v]) => v) ?? [];
  if (name === undefined || value === undefined) return undefined;
  return truth(name, value) ? 'verify-full' : 'disable';
}

function truth(name: string, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw invalidConfig(`${name} is true or false`);
  return value === 'true';
}

/** What servers of any platform take (MongoDB documentation, "Naming Restrictions"). */
function checkDatabase(name: string): void {
  if (name === '') {
    throw invalidConfig('the URL names no database: put it behind the hosts, as in mongodb://host:27017/shop');
  }
  if (Buffer.byteLength(name) > 63 || /[/\\. "$*<>:|?\0]/.test(name)) {
    throw invalidConfig('the name of the database has at most 63 bytes, and none of / \\ . " $ * < > : | ? or a space');
  }
}

const hostsOf = ({ hosts, srv }: MongoConfig): string =>
  hosts.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}${srv ? '' : `:${port}`}`).join(',');
