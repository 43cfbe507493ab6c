import { createServer } from 'node:net';
import { bad, type Finding, good } from './finding.ts';

const WHAT = 'port';
const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something listens there already',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this host has no such address',
};

/** Whether a server could listen there. */
export function lookAtPort(host: string, port: number): Promise<Finding> {
  const place = port === 0 ? `a free one on ${host}` : `${port} on ${host}`;
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
      resolve(
        bad(
          WHAT,
          `${place}: ${WORDS[code] ?? message}`,
          'End what listens there (it may be DataMaker itself), or name another one (--port, --host).',
        ),
      );
    });
    server.listen({ host, port }, () => server.close(() => resolve(good(WHAT, `${place} is free`))));
  });
}
