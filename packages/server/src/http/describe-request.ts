import type { FastifyRequest } from 'fastify';

/** A request as the log shows it: without the key that may be in its query. */
export const describeRequest = ({ method, url, host, ip, socket }: FastifyRequest) => ({
  method,
  url: redactKey(url),
  host,
  remoteAddress: ip,
  ...(socket?.remotePort === undefined ? {} : { remotePort: socket.remotePort }),
});

/** However the name is written: percent signs may stand for any of its letters. */
export const redactKey = (url: string): string =>
  url.replaceAll(/([?&])([^=&]*)=[^&]*/g, (pair, sign: string, name: string) =>
    isKeyName(name) ? `${sign}api_key=[Redacted]` : pair,
  );

function isKeyName(name: string): boolean {
  try {
    return decodeURIComponent(name.replaceAll('+', ' ')).toLowerCase() === 'api_key';
  } catch {
    return false;
  }
}
