import type { Socket } from 'node:net';
import { ConnectionError } from '../connection-error.ts';

/**
 * Most bytes that a system may send for one row, for all it says of its tables, or for all that one statement of somebody gives.
 * Drivers gather an answer, or a row of it, before they hand anything on, and have no limit of their own.
 */
export const MOST_BYTES = 32 * 1024 * 1024;

/** What comes on a socket between two looks is at most some megabytes: the bytes are counted by the kernel's side of it, encrypted or not. */
const LOOK_MS = 10;

/**
 * Watches how much comes on a socket while something is awaited from it.
 * @param cut called once, when it is more than `MOST_BYTES`
 * @throws ConnectionError too_large, also when all of it came between two looks
 */
export async function withinBytes<T>(
  socket: Socket,
  cut: (why: ConnectionError) => void,
  run: () => Promise<T>,
): Promise<T> {
  const most = socket.bytesRead + MOST_BYTES;
  let why: ConnectionError | undefined;
  const look = (): void => {
    if (why !== undefined || socket.bytesRead <= most) return;
    why = tooLarge();
    cut(why);
  };
  const timer = setInterval(look, LOOK_MS);
  try {
    const answer = await run();
    look();
    if (why !== undefined) throw why;
    return answer;
  } finally {
    clearInterval(timer);
  }
}

const tooLarge = (): ConnectionError =>
  new ConnectionError('too_large', `the system sends more than ${MOST_BYTES / 1024 / 1024} MiB at once`, {
    hint: 'ask for fewer columns; where tables are looked for, name fewer schemas in the options of the connection',
  });
