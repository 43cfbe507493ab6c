import { lookup } from 'node:dns/promises';
import { Dialer, OutboundPolicy, type OwnPort } from '@datamaker/connectors';

/** The way out of the server, on which nobody comes to the server itself or to its database, whatever the operator opens. */
export class Outbound {
  readonly dialer: Dialer;
  readonly #own: OwnPort[] = [];

  /** @param open ranges of private addresses @throws Error that says which is none */
  constructor(open: readonly string[]) {
    this.dialer = new Dialer(new OutboundPolicy(open, this.#own));
  }

  /**
   * Closes the ports of the server; to be called before anybody asks for anything.
   * @param url where the server answers; undefined: nowhere
   * @param databaseUrl where its database does; undefined: on a socket file, which has no port
   */
  async close(url: string | undefined, databaseUrl: string | undefined): Promise<void> {
    if (url !== undefined) this.#own.push({ port: Number(new URL(url).port || 80) });
    if (databaseUrl === undefined || !URL.canParse(databaseUrl)) return;
    const { hostname, port: named, searchParams } = new URL(databaseUrl);
    const port = Number(named || searchParams.get('port') || process.env['PGPORT'] || 5432);
    const host = (searchParams.get('host') ?? hostname).replace(/^\[(.*)\]$/, '$1');
    // A socket file, or none, is this machine.
    if (host === '' || host.startsWith('/')) this.#own.push({ port });
    else for (const { address } of await lookup(host, { all: true }).catch(() => [])) this.#own.push({ port, address });
  }
}
