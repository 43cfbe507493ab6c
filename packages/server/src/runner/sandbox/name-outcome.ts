import type { SandboxOutcome } from './sandbox.ts';

/**
 * What Python says as its last word when it was refused something. Limits of processes and places are kept by the kernel, which
 * tells the program and lets it live; an ending for that reason has the name of the limit.
 */
const LAST_WORDS: readonly (readonly [RegExp, SandboxOutcome])[] = [
  [/^(\w+\.)*_?\w*MemoryError\b/, 'out_of_memory'],
  [/^BlockingIOError: \[Errno 11\]|^RuntimeError: can't start new thread/, 'too_many_processes'],
  [/^OSError: \[Errno (27|28|122)\]/, 'disk_full'],
];
const LINES = 6;

/** The outcome of a job that ended by itself. @param tail the end of what it printed to stderr */
export function nameOutcome(code: number | null, signal: string | null, tail: string): SandboxOutcome {
  if (signal === 'SIGXFSZ') return 'disk_full';
  if (code === 0) return 'exited';
  const lines = tail.trimEnd().split('\n').slice(-LINES);
  for (const line of lines.reverse()) {
    const word = LAST_WORDS.find(([pattern]) => pattern.test(line));
    if (word !== undefined) return word[1];
  }
  return 'exited';
}
