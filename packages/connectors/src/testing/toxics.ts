import type { Socket } from 'node:net';

/** What can be wrong with a network, as Toxiproxy has it; both ways unless one is said. */
export type Toxic = { readonly way?: Way } & (
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
  /** The end of a connection is told late. */
  | { readonly kind: 'slow_close'; readonly ms: number }
  /** A connection is reset so long after it was made. */
  | { readonly kind: 'reset_peer'; readonly ms: number }
  /** Pieces of so many bytes, each by itself. */
  | { readonly kind: 'slicer'; readonly bytes: number }
  /** After so many bytes the connection ends. */
  | { readonly kind: 'limit_data'; readonly bytes: number }
  /** After so many bytes nothing goes through any more, and the connection ends so much later. */
  | { readonly kind: 'timeout'; readonly bytes: number; readonly ms: number }
  /** After so many bytes nothing goes through any more, and nobody is told. */
  | { readonly kind: 'half_open'; readonly bytes: number }
);

export type Way = 'up' | 'down';

/** One way of a connection. */
export interface ToxicStream {
  write(chunk: Buffer): void;
  end(): void;
}

/** Hands bytes from one socket on to another, as well as the network lets it. */
export function toxicStream(toxic: Toxic | undefined, way: Way, from: Socket, to: Socket): ToxicStream {
  to.on('drain', () => from.resume());
  const pass = (chunk: Buffer): void => {
    if (!to.destroyed && !to.write(chunk)) from.pause();
  };
  const plain: ToxicStream = { write: pass, end: () => void to.end() };
  if (toxic === undefined || (toxic.way !== undefined && toxic.way !== way)) return plain;
  const both = (end: (socket: Socket) => void): void => {
    end(from);
    end(to);
  };
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  to.once('close', () => timers.forEach(clearTimeout));
  switch (toxic.kind) {
    case 'latency':
      // Timers of the same time go off in the order in which they were set.
      return { write: (chunk) => later(toxic.ms, () => pass(chunk)), end: () => later(toxic.ms, plain.end) };
    case 'bandwidth':
      return paced(plain, from, later, toxic.bytesPerSecond);
    case 'slow_close':
      return { write: pass, end: () => later(toxic.ms, plain.end) };
    case 'reset_peer':
      later(toxic.ms, () => both((socket) => socket.resetAndDestroy()));
      return plain;
    case 'slicer':
      return {
        write: (chunk) => {
          for (let at = 0; at < chunk.length; at += toxic.bytes) pass(chunk.subarray(at, at + toxic.bytes));
        },
        end: plain.end,
      };
    case 'limit_data':
      return limited(plain, toxic.bytes, () => both((socket) => socket.destroy()));
    case 'timeout':
      return limited(plain, toxic.bytes, () => later(toxic.ms, () => both((socket) => socket.destroy())));
    case 'half_open':
      return limited(plain, toxic.bytes, () => undefined);
  }
}

/** Lets so many bytes through and no more. */
function limited({ write, end }: ToxicStream, bytes: number, then: () => void): ToxicStream {
  let left = bytes;
  return {
    write: (chunk) => {
      if (left <= 0) return;
      write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) then();
    },
    end: () => void (left > 0 && end()),
  };
}

function paced(
  { write, end }: ToxicStream,
  from: Socket,
  later: (ms: number, run: () => void) => void,
  bytesPerSecond: number,
): ToxicStream {
  let free = performance.now();
  const when = (bytes: number, run: () => void): void => {
    const now = performance.now();
    free = Math.max(free, now) + (1000 * bytes) / bytesPerSecond;
    from.pause();
    later(free - now, () => {
      run();
      if (free <= performance.now() + 1) from.resume();
    });
  };
  return { write: (chunk) => when(chunk.length, () => write(chunk)), end: () => when(0, end) };
}
