import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * Posts and reads the answer to its end from the bare socket, into one buffer: Node's HTTP client takes longer to take
 * chunks apart than the server takes to send them, so that it would be what is measured.
 * @throws when the answer is not a whole one with status 200
 */
export async function readSocket(url: URL, key: string, body: string): Promise<void> {
  let head: string | undefined;
  let tail = '';
  const buffer = Buffer.alloc(2 ** 20);
  const socket = connect({
    host: url.hostname,
    port: Number(url.port),
    onread: {
      buffer,
      callback: (length) => {
        head ??= buffer.toString('latin1', 0, Math.min(length, 40));
        tail = (tail + buffer.toString('latin1', Math.max(0, length - 5), length)).slice(-5);
        return true;
      },
    },
  });
  const headers = [
    `POST ${url.pathname} HTTP/1.1`,
    `host: ${url.host}`,
    'connection: close',
    `authorization: Bearer ${key}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.write(`${headers.join('\r\n')}\r\n\r\n${body}`);
  await once(socket, 'close');
  if (head?.startsWith('HTTP/1.1 200 ') !== true || tail !== '0\r\n\r\n')
    throw new Error(`the answer is not whole: ${head} … ${JSON.stringify(tail)}`);
}
