/**
 * Loaded before a program (`--import`) whose clock is to go wrong: `CLOCK_OFFSET_MS` is added to what JavaScript takes for the time, in all threads. What
 * files are stamped with, and certificates are judged by, stays right.
 */
const offset = Number(process.env['CLOCK_OFFSET_MS'] ?? 0);
const right = Date;

globalThis.Date = class extends right {
  constructor(...words: readonly unknown[]) {
    super(...((words.length === 0 ? [right.now() + offset] : words) as [number]));
  }

  static override now(): number {
    return right.now() + offset;
  }
} as DateConstructor;
