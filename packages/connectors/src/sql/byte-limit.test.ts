import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ConnectionError } from '../connection-error.ts';
import { MOST_BYTES, withinBytes } from './byte-limit.ts';

describe('bytes of one answer', () => {
  const socketAt = (bytesRead: number) => ({ bytesRead }) as { -readonly [Key in keyof Socket]: Socket[Key] };

  it('are refused also when they all came between two looks', async () => {
    const cuts: ConnectionError[] = [];
    for (const before of [0, 12_345]) {
      for (const [more, isTaken] of [
        [MOST_BYTES, true],
        [MOST_BYTES + 1, false],
      ] as const) {
        const socket = socketAt(before);
        const answer = withinBytes(
          socket,
          (why) => cuts.push(why),
          async () => {
            socket.bytesRead += more;
            return 'whole';
          },
        );
        if (isTaken) expect(await answer).toBe('whole');
        else await expect(answer).rejects.toMatchObject({ problem: 'too_large' });
      }
    }
    expect(cuts).toHaveLength(2);
  });

  it('cut the connection while the rest is still coming', async () => {
    const socket = socketAt(0);
    let cut: (why: ConnectionError) => void = () => undefined;
    const endless = withinBytes(
      socket,
      (why) => cut(why),
      () =>
        new Promise((_, reject) => {
          cut = reject;
          socket.bytesRead = MOST_BYTES + 1;
        }),
    );
    await expect(endless).rejects.toMatchObject({ problem: 'too_large' });
  });

  it('are not what a failure is told by', async () => {
    const failed = withinBytes(
      socketAt(0),
      () => undefined,
      () => Promise.reject(new Error('something else')),
    );
    await expect(failed).rejects.toThrow('something else');
  });
});
