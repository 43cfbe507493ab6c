import type { ConnectionType, Session } from '@datamaker/connectors';
import { badArgument } from '../errors/command-error.ts';
import { toCommandError } from '../seeding/to-command-error.ts';

/** A database that is named by a URL. */
export interface Database {
  readonly type: ConnectionType;
  /** Where it is, without anything secret: for messages. */
  readonly name: string;
  /** Reads only. @throws CommandError */
  open(signal: AbortSignal): Promise<Session>;
}

interface System {
  readonly type: ConnectionType;
  /** The variable in which its own programs look for a password. */
  readonly passwordVariable?: string;
}

/** By the schemes of their URLs. */
const SYSTEMS: Readonly<Record<string, System>> = {
  postgres: { type: 'postgres', passwordVariable: 'PGPASSWORD' },
  postgresql: { type: 'postgres', passwordVariable: 'PGPASSWORD' },
  mysql: { type: 'mysql', passwordVariable: 'MYSQL_PWD' },
  mariadb: { type: 'mysql', passwordVariable: 'MYSQL_PWD' },
  mssql: { type: 'mssql', passwordVariable: 'SQLCMDPASSWORD' },
  sqlserver: { type: 'mssql', passwordVariable: 'SQLCMDPASSWORD' },
  oracle: { type: 'oracle' },
  oracledb: { type: 'oracle' },
  db2: { type: 'db2' },
  mongodb: { type: 'mongodb' },
};
/** This machine is the operator's own: all addresses are open but those that give credentials of clouds away. */
const EVERYWHERE = ['0.0.0.0/0', '::/0'];

const schemeOf = (word: string): string | undefined => /^([a-z][a-z0-9+.-]*):\/\//i.exec(word)?.[1]?.toLowerCase();

/** Whether a word names no file but something that is reached over a network. */
export const isUrl = (word: string): boolean => schemeOf(word) !== undefined;

/** Reads a URL. @throws CommandError */
export async function readDatabase(url: string, schemas: readonly string[]): Promise<Database> {
  const scheme = schemeOf(url) ?? '';
  const system = Object.hasOwn(SYSTEMS, scheme) ? SYSTEMS[scheme] : undefined;
  if (system === undefined) {
    const message = 'no database is named by such a URL';
    const hint = `its scheme is one of ${Object.keys(SYSTEMS).join(', ')}; a document is saved first and imported as a file`;
    throw badArgument('<file>', 'invalid_url', message, hint);
  }
  const { Dialer, loadConnector, OutboundPolicy } = await import('@datamaker/connectors');
  const connector = await loadConnector(system.type).catch(fail);
  const { config, secrets } = await Promise.resolve()
    .then(() => connector.parse({ url, options: schemas.length === 0 ? {} : { schemas: [...schemas] } }))
    .catch(fail);
  const said = system.passwordVariable === undefined ? undefined : process.env[system.passwordVariable];
  const password = secrets['password'] ?? said;
  return {
    type: system.type,
    name: config.url,
    open: (signal) =>
      connector
        .open(config, {
          dialer: new Dialer(new OutboundPolicy(EVERYWHERE)),
          secrets: password === undefined ? {} : { ...secrets, password },
          readOnly: true,
          signal,
        })
        .catch(fail),
  };
}

const fail = (error: unknown): never => {
  throw toCommandError(error);
};
