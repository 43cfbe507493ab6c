import { readFileSync, writeFileSync } from 'node:fs';

const MIB = 1024;

/** A line of `/proc/<pid>/status`, in MiB (proc(5)). */
const statusOf = (pid: number, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / MIB;

/** The memory that a process has, in MiB. */
export const memoryOf = (pid: number): number => statusOf(pid, 'VmRSS');

/** The most that it has had since `forgetPeak`, in MiB. */
export const peakOf = (pid: number): number => statusOf(pid, 'VmHWM');

export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** The processor time that a process has used, all threads, in seconds: a busy machine does not lengthen it. */
export function processorSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Behind the name, which may hold anything: user and system time are fields 14 and 15, in hundredths of a second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
