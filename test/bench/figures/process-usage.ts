import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Resident bytes of a process now; NaN when it is gone. */
export function residentBytes(pid: number): number {
  return Number(field(pid, 'VmRSS', 'rss')) * 1024;
}

/** Largest resident size that a process has had, in bytes; where the system does not keep it, the present one. */
export function peakBytes(pid: number): number {
  return Number(field(pid, 'VmHWM', 'rss')) * 1024;
}

/** A number in kibibytes, from Linux's /proc or else from ps. */
function field(pid: number, name: string, column: string): string | undefined {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' });
    return new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** Processor seconds that a process has used; to a hundredth. */
export function cpuSeconds(pid: number): number {
  if (process.platform !== 'linux') {
    const text = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  }
  // Fields 14 and 15 of proc(5), in ticks of 10 ms; the second field is in brackets and may hold blanks.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Processor seconds of a process, of the children that it has waited for and of those that run: of a PostgreSQL, all of it. Linux only. */
export function treeCpuSeconds(root: number): number {
  let ticks = 0;
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      // proc(5): field 4 is the parent, 14 to 17 are the ticks of the process and of children that have ended.
      const [, parent] = fields;
      if (Number(name) === root) ticks += (fields[11] ?? 0) + (fields[12] ?? 0) + (fields[13] ?? 0) + (fields[14] ?? 0);
      else if (parent === root) ticks += (fields[11] ?? 0) + (fields[12] ?? 0);
    } catch {
      // It has ended.
    }
  }
  return ticks / 100;
}
