const LONGEST = 500;

/**
 * Why a script has failed, as its last traceback says it: the line that begins at the margin behind the frames. Undefined: there is no
 * traceback.
 */
export function reasonOf(errors: string): string | undefined {
  const start = Math.max(errors.lastIndexOf('Traceback (most recent call last):'), errors.lastIndexOf('  File "'));
  if (start === -1) return undefined;
  const lines = errors.slice(start).split('\n').slice(1);
  // Notes and messages of several lines come behind it.
  const reason = lines.find((line) => /^[A-Za-z_][\w.]*(:|$)/.test(line));
  return reason?.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '').slice(0, LONGEST);
}
