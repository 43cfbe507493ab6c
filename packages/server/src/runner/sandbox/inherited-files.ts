import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';

/** O_CLOEXEC, as /proc writes flags: in octal. */
const CLOSED_AT_EXEC = 0o2000000;

/**
 * What of `stdio` covers the files that this process has open and would hand down. Node closes its own when it starts a program;
 * those that it was started with itself, or that a native library opened, may stay. They cannot be closed from here: /dev/null takes
 * their places.
 * @param from the first descriptor that is not given away on purpose
 */
export function coverInherited(from: number): { readonly stdio: (number | 'ignore')[]; close(): void } {
  const open = inheritable().filter((fd) => fd >= from);
  if (open.length === 0) return { stdio: [], close: () => {} };
  const nothing = openSync('/dev/null', 'r');
  const stdio = Array.from({ length: Math.max(...open) - from + 1 }, (_, at) =>
    open.includes(from + at) ? nothing : ('ignore' as const),
  );
  return { stdio, close: () => closeSync(nothing) };
}

function inheritable(): number[] {
  const found: number[] = [];
  for (const name of namesIn('/proc/self/fdinfo')) {
    try {
      const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, 'latin1'))?.[1];
      if (flags !== undefined && (Number.parseInt(flags, 8) & CLOSED_AT_EXEC) === 0) found.push(Number(name));
    } catch {}
  }
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
