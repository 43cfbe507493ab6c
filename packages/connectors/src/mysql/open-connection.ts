import type { OpenOptions } from '../connector.ts';
import type { MysqlConfig } from './config.ts';
import { connectMysql } from './connect.ts';
import { MysqlClient } from './mysql-client.ts';
import { MysqlConnection } from './mysql-connection.ts';
import { FACTS, type ServerFacts, serverFacts } from './server-facts.ts';
import { settingsOf } from './session-settings.ts';
import { translateError } from './translate-error.ts';

/** For the first answers, unless said. */
const SETUP_MS = 10_000;
/** For a connection that does nothing but end what another one does. */
const CANCEL_MS = 3000;

/**
 * Connects, signs in and sets the session up.
 * @param known facts that count instead of what the server says
 * @throws ConnectionError
 */
export async function openConnection(
  config: MysqlConfig,
  options: OpenOptions,
  known: Partial<ServerFacts> = {},
): Promise<MysqlConnection> {
  const client = new MysqlClient(await connectMysql(config, options), options.timeoutMs ?? SETUP_MS);
  const abort = (): void => client.cut(new Error('it was told to stop'));
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    for (const statement of settingsOf(options.readOnly)) await client.query(statement);
    const { rows } = await client.query(FACTS);
    const facts = { ...serverFacts((rows[0] ?? []).map(String)), ...known };
    client.idleTimeoutMs = config.idleTimeoutMs;
    return new MysqlConnection(client, {
      config,
      facts,
      readOnly: options.readOnly,
      cancel: () => killQuery(config, options, facts.connectionId),
    });
  } catch (error) {
    client.cut(new Error('it was not set up'));
    options.signal?.throwIfAborted();
    throw translateError(error);
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}

/** Has the server end what a connection does, over a connection of its own. @returns when the server has taken note */
async function killQuery(config: MysqlConfig, { dialer, secrets }: OpenOptions, connectionId: string): Promise<void> {
  const options = { dialer, secrets, readOnly: false, timeoutMs: CANCEL_MS };
  const client = new MysqlClient(await connectMysql(config, options), CANCEL_MS);
  try {
    await client.query(`KILL QUERY ${BigInt(connectionId)}`);
  } finally {
    await client.close();
  }
}
