import type { Connector, ParsedConnection, Session } from '@datamaker/connectors';
import type { SeedTarget } from '@datamaker/seeding';
import { badArgument } from '../errors/command-error.ts';
import { toCommandError } from './to-command-error.ts';

/** A system that somebody named. */
export interface Target {
  readonly target: SeedTarget;
  /** Where it is, without anything secret: for messages. */
  readonly name: string;
  /** @throws CommandError */
  open(readOnly: boolean, signal: AbortSignal): Promise<Session>;
}

/** The variable that names a target where a command line should not: whoever lists processes sees those. */
export const TARGET_URL = 'DATAMAKER_TARGET_URL';

/** What it says; an empty one says nothing. */
export const urlOfEnvironment = (): string | undefined => process.env[TARGET_URL] || undefined;

/** This machine is the operator's own: all addresses are open but those that give credentials of clouds away. */
const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/**
 * Reads a URL. A password that is not in it is taken from $PGPASSWORD or $MYSQL_PWD.
 * @throws CommandError
 */
export async function readTarget(url: string, schemas: readonly string[] = []): Promise<Target> {
  const { Dialer, loadConnector, OutboundPolicy, SEEDABLE } = await import('@datamaker/connectors');
  const protocol = /^([a-z][a-z0-9+.-]*:)\/\//i.exec(url)?.[1]?.toLowerCase() ?? '';
  const system = SEEDABLE.find(({ protocols }) => protocols.includes(protocol));
  if (system === undefined) {
    const message = `the database is not named by a URL of ${SEEDABLE.map(({ label }) => label).join(', ')}`;
    const hint = `write ${SEEDABLE.map(({ example }) => example).join(' or ')}`;
    throw badArgument('<url>', 'invalid_url', message, hint);
  }
  const connector = await loadConnector(system.type).catch(fail);
  const { config, secrets } = parse(connector, { url, options: schemas.length === 0 ? {} : { schemas: [...schemas] } });
  const { username: user } = config.auth as { readonly username?: string };
  const { schemas: all } = config.options as { readonly schemas?: readonly string[] };
  const password = secrets['password'] ?? process.env[system.passwordVariable];
  return {
    target: { type: system.type, url: config.url, user, schemas: all },
    name: config.url,
    open: (readOnly, signal) =>
      connector
        .open(config, {
          dialer: new Dialer(new OutboundPolicy(EVERYWHERE)),
          secrets: password === undefined ? {} : { password },
          readOnly,
          signal,
        })
        .catch(fail),
  };
}

/**
 * The target of a receipt: what the command line names, else the variable, else what the receipt says.
 * @throws CommandError
 */
export async function targetOfReceipt(
  kept: SeedTarget,
  given: string | undefined,
  elsewhere: boolean,
): Promise<Target> {
  const url = given ?? urlOfEnvironment();
  const own = url === undefined ? withUser(kept) : url;
  const read = await readTarget(own, kept.schemas);
  if (read.target.url === kept.url || elsewhere) return read;
  const message = `the rows were written to ${kept.url}, and not to ${read.target.url}`;
  throw badArgument('<url>', 'other_target', message, 'say --elsewhere when the database has moved there');
}

function withUser({ url, user }: SeedTarget): string {
  return user === undefined ? url : url.replace('://', `://${encodeURIComponent(user)}@`);
}

function parse(connector: Connector, input: Parameters<Connector['parse']>[0]): ParsedConnection {
  try {
    return connector.parse(input);
  } catch (error) {
    throw toCommandError(error);
  }
}

const fail = (error: unknown): never => {
  throw toCommandError(error);
};
