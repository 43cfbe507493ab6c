import { once } from 'node:events';
import type { Dialer } from '../dial/dialer.ts';
import type { PostgresConfig } from './config.ts';

/** `1234 << 16 | 5678`, where a version of the protocol would stand (PostgreSQL documentation, "Message Formats", CancelRequest). */
const CANCEL_REQUEST = 80_877_102;
const TIMEOUT_MS = 3000;

/**
 * Asks a server to end what a connection does. It says nothing to that, so whether it helped is seen on the connection only.
 * @returns when the server has passed it on, which it does before it closes
 * @throws when that is not known
 */
export async function cancelRequest(
  { host, port }: PostgresConfig,
  dialer: Dialer,
  { processId, secretKey }: { readonly processId: number; readonly secretKey: number },
): Promise<void> {
  const socket = await dialer.dial({ host, port }, { timeoutMs: TIMEOUT_MS });
  socket.on('error', () => undefined);
  socket.setTimeout(TIMEOUT_MS, () =>
    socket.destroy(new Error('the server did not take the request to cancel in time')),
  );
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(CANCEL_REQUEST, 4);
  message.writeInt32BE(processId, 8);
  message.writeInt32BE(secretKey, 12);
  socket.end(message);
  socket.resume();
  await once(socket, 'close');
}
