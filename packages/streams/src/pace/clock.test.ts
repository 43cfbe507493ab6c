import { expect, it } from 'vitest';
import { CLOCK } from './clock.ts';

it('waits for what is further off than a timer reaches', async () => {
  const stop = new AbortController();
  const long = CLOCK.sleep(2 ** 31 + 1000, stop.signal).then(() => 'long');
  // A timer that overflows would be first.
  const first = await Promise.race([long, CLOCK.sleep(50, stop.signal).then(() => 'short')]);
  stop.abort();
  expect(first).toBe('short');
});
