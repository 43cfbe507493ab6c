import { isatty } from 'node:tty';
import { say } from '../output/say.ts';

/** Drawn at most ten times a second: more is not seen, and a terminal is slow. */
const INTERVAL_MS = 100;

/** One line on a terminal that says how far the work is, drawn over itself; nowhere else. */
export interface StatusLine {
  show(text: () => string): void;
  clear(): void;
}

export function openStatusLine(): StatusLine {
  if (!isatty(2) || process.env.TERM === 'dumb') return { show: () => undefined, clear: () => undefined };
  let drawnAt = performance.now();
  let isVisible = false;
  const clear = (): void => {
    if (isVisible) say('\r\u001b[K');
    isVisible = false;
  };
  process.on('exit', clear);
  return {
    show: (text) => {
      if (performance.now() - drawnAt < INTERVAL_MS) return;
      drawnAt = performance.now();
      isVisible = true;
      // A line as wide as the terminal would wrap, and drawing over it would leave its beginning behind.
      say(`\r${text().slice(0, (process.stderr.columns || 80) - 1)}\u001b[K`);
    },
    clear,
  };
}
