import type { Query } from './query.ts';
import type { ServerFacts } from './server-facts.ts';

/**
 * See `Session.identity`. `UUID_SHORT()` has the number of the server and the second at which it was started in its upper 40 bits, and
 * a count below (manuals of both); servers of one machine differ in their ports or sockets as well.
 */
export async function databaseIdentity(query: Query, { namesAreExact }: ServerFacts): Promise<string> {
  const text = 'SELECT UUID_SHORT() >> 24, @@hostname, @@port, @@socket, DATABASE()';
  const [started, host, port, socket, database] = (await query(text))[0] ?? [];
  return JSON.stringify([started, host, port, socket, namesAreExact ? database : database?.toLowerCase()]);
}
