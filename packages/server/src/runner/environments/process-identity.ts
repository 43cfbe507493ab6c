import { readFileSync } from 'node:fs';

/** The number of a process and when it began, since numbers come again. */
export const identityOf = (pid: number): string | undefined => {
  const began = beganAt(pid);
  return began === undefined ? undefined : `${pid}-${began}`;
};

/** Whether the process that had that identity is still there. */
export const isAlive = (identity: string): boolean => identityOf(Number(identity.split('-')[0])) === identity;

/** In ticks since the host was started (proc(5), field 22); where there is no /proc, whether it is there at all. */
function beganAt(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program may hold anything, closing brackets included.
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    if (process.platform === 'linux') return undefined;
  }
  try {
    process.kill(pid, 0);
    return '0';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? '0' : undefined;
  }
}
