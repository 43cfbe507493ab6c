import { resolveSrv, resolveTxt } from 'node:dns/promises';
import type { Document } from 'mongodb';
import { ConnectionError } from '../connection-error.ts';
import type { Target } from '../dial/dialer.ts';
import type { MongoConfig } from './config.ts';

/** What one server says of itself and of the set that it is in: the answer to `hello`. */
export interface Hello extends Document {
  readonly isWritablePrimary?: boolean;
  readonly setName?: string;
  readonly primary?: string;
  readonly hosts?: readonly string[];
  /** `isdbgrid`: a router of a sharded cluster. */
  readonly msg?: string;
  readonly logicalSessionTimeoutMinutes?: number;
  readonly maxBsonObjectSize?: number;
}

/** A server that answered. */
export interface Answered {
  readonly hello: Hello;
  close(): Promise<void>;
}

/** Most servers that are asked where the primary is. */
const MOST_ASKED = 50;

/**
 * The server to work with: the one that is named, or the primary of its set, or a router. Members that a server names are
 * connected to by `open` just as those that people name, so what is closed to people is closed to servers.
 * @throws ConnectionError that of the first one that could not be reached
 */
export async function findServer<Server extends Answered>(
  config: Pick<MongoConfig, 'directConnection' | 'replicaSet'>,
  seeds: readonly Target[],
  open: (target: Target) => Promise<Server>,
): Promise<Server> {
  const waiting = [...seeds];
  const asked = new Set<string>();
  let failure: unknown;
  let refusal: ConnectionError | undefined;
  while (waiting.length > 0 && asked.size < MOST_ASKED) {
    const target = waiting.shift() as Target;
    const id = `${target.host.toLowerCase()}:${target.port}`;
    if (asked.has(id)) continue;
    asked.add(id);
    let server: Server;
    try {
      server = await open(target);
    } catch (error) {
      // Credentials that one member does not take are taken by none.
      if (error instanceof ConnectionError && error.problem === 'auth') throw error;
      failure ??= error;
      continue;
    }
    const { hello } = server;
    const isOther = config.replicaSet !== undefined && hello.setName !== config.replicaSet;
    if (!isOther && (config.directConnection || hello.isWritablePrimary === true)) return server;
    await server.close();
    if (isOther) {
      refusal ??= notOfTheSet(config.replicaSet, hello);
      continue;
    }
    // The primary goes first.
    if (hello.primary !== undefined) waiting.unshift(...targetsOf([hello.primary]));
    waiting.push(...targetsOf((hello.hosts ?? []).slice(0, MOST_ASKED)));
  }
  // What kept it from being reached says more than that there is none.
  throw failure ?? refusal ?? noPrimary();
}

function targetsOf(names: readonly string[]): Target[] {
  return names.flatMap((name) => {
    const [, host, port] = /^(.+):(\d{1,5})$/.exec(name) ?? [];
    return host === undefined ? [] : [{ host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }];
  });
}

const notOfTheSet = (wanted: string | undefined, { setName }: Hello): ConnectionError =>
  new ConnectionError('database', `the server is not of the replica set ${JSON.stringify(wanted)}`, {
    hint: setName === undefined ? 'it is of none: leave replicaSet out' : `its set is ${JSON.stringify(setName)}`,
  });

const noPrimary = (): ConnectionError =>
  new ConnectionError('busy', 'no server of the replica set is its primary at the moment', {
    hint: 'try again; to read from the one server that is named, set directConnection',
  });

/** What is said of a service by the records of its name. */
export interface Service {
  readonly hosts: readonly Target[];
  readonly authSource?: string | undefined;
  readonly replicaSet?: string | undefined;
}

export interface DnsRecords {
  readonly srv: (name: string) => Promise<readonly { readonly name: string; readonly port: number }[]>;
  readonly txt: (name: string) => Promise<readonly (readonly string[])[]>;
}

const SYSTEM: DnsRecords = { srv: resolveSrv, txt: resolveTxt };

/**
 * Looks a service up (`mongodb+srv://name`): its hosts, all of the same domain as the name, and what its TXT record says of signing in
 * (MongoDB specification "Initial DNS Seedlist Discovery").
 * @throws ConnectionError dns, protocol
 */
export async function lookUpService(name: string, records: DnsRecords = SYSTEM): Promise<Service> {
  const domain = name.split('.').slice(name.split('.').length > 2 ? 1 : 0);
  let found: Awaited<ReturnType<DnsRecords['srv']>>;
  try {
    found = await records.srv(`_mongodb._tcp.${name}`);
  } catch (error) {
    throw noService(name, error);
  }
  if (found.length === 0) throw noService(name);
  const hosts = found.map(({ name: host, port }) => ({ host: host.replace(/\.$/, '').toLowerCase(), port }));
  const suffix = `.${domain.join('.').toLowerCase()}`;
  if (!hosts.every(({ host }) => host.endsWith(suffix))) {
    throw new ConnectionError('protocol', `the service ${name} names hosts of another domain`);
  }
  const texts = await records.txt(name).catch(() => []);
  const parameters = new URLSearchParams(texts.length === 1 ? texts[0]?.join('') : '');
  if (parameters.get('loadBalanced') === 'true') {
    throw new ConnectionError(
      'protocol',
      `the service ${name} is behind a load balancer of Atlas, which is not supported`,
    );
  }
  return {
    hosts,
    authSource: parameters.get('authSource') ?? undefined,
    replicaSet: parameters.get('replicaSet') ?? undefined,
  };
}

const noService = (name: string, cause?: unknown): ConnectionError =>
  new ConnectionError('dns', `there is no MongoDB service with the name ${name}`, {
    hint: 'check how the name is written; hosts that are named themselves are connected to with mongodb://',
    cause,
  });
