import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

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
