import { expect, it } from 'vitest';
import { nameOutcome } from './name-outcome.ts';

it.each([
  [1, null, 'Traceback …\nMemoryError', 'out_of_memory'],
  [1, null, 'numpy._core._exceptions._ArrayMemoryError: Unable to allocate 74.5 GiB\n', 'out_of_memory'],
  [1, null, 'BlockingIOError: [Errno 11] Resource temporarily unavailable', 'too_many_processes'],
  [1, null, "RuntimeError: can't start new thread\nsome further words", 'too_many_processes'],
  [1, null, 'OSError: [Errno 28] No space left on device', 'disk_full'],
  [1, null, 'OSError: [Errno 27] File too large', 'disk_full'],
  [null, 'SIGXFSZ', '', 'disk_full'],
  [0, null, 'MemoryError', 'exited'],
  [1, null, 'ValueError: MemoryError', 'exited'],
  [1, null, `MemoryError\n${'later\n'.repeat(10)}`, 'exited'],
  [1, null, '', 'exited'],
] as const)('code %s, signal %s, last words %j: %s', (code, signal, tail, outcome) => {
  expect(nameOutcome(code, signal, tail)).toBe(outcome);
});
