import type { FastifyRequest } from 'fastify';

/** A request as the log shows it: without the key that may be in its query. */
export const describeRequest = ({ method, url, host, ip, socket }: FastifyRequest) => ({
  method,
  url: redactKey(url),
  host,
  remoteAddress: ip,
  ...(socket?.remotePort === undefined ? {} : { remotePort: socket.remotePort }),
});

/** Tokens of invites, sessions and runs, wherever they are. */
const TOKEN = /dm[isr]_[\w-]{20,}/g;

/** What comes before `/accept` is meant as a token also when it is none. */
const ACCEPTED = /(\/invites\/)[^/?]+(?=\/accept)/;

/** However the name is written: percent signs may stand for any of its letters. */
export const redactKey = (url: string): string =>
  plainPath(url)
    .replace(ACCEPTED, '$1[Redacted]')
    .replaceAll(TOKEN, '[Redacted]')
    .replaceAll(/([?&])([^=&]*)=[^&]*/g, (pair, sign: string, name: string) =>
      isKeyName(name) ? `${sign}api_key=[Redacted]` : pair,
    );

function isKeyName(name: string): boolean {
  try {
    return decodeURIComponent(name.replaceAll('+', ' ')).toLowerCase() === 'api_key';
  } catch {
    return false;
  }
}

/** A path of letters that percent signs stand for is routed like any other: it is shown as it is meant. */
function plainPath(url: string): string {
  const [path = '', ...query] = url.split('?');
  try {
    return [decodeURI(path), ...query].join('?');
  } catch {
    return url;
  }
}
