import { readdirSync, readFileSync } from 'node:fs';
import { residentBytes } from './process-usage.ts';

/** Bytes that a server holds, and its PostgreSQL. */
export interface TreeBytes {
  /** The resident size of the process and of those it started, without PostgreSQL. */
  readonly server: number;
  /** Of PostgreSQL's processes, each of which counts its share of what they share. */
  readonly database: number;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/** What a process and those below it hold now; of the process alone where there is no /proc. */
export function treeBytes(root: number): TreeBytes {
  if (process.platform !== 'linux') return { server: residentBytes(root), database: Number.NaN };
  const all = processes();
  let server = 0;
  let database = 0;
  const add = (pid: number, name: string): void => {
    if (name === 'postgres') database += proportionalBytes(pid);
    else server += residentBytes(pid) || 0;
    for (const child of all) if (child.parent === pid) add(child.pid, child.name);
  };
  add(root, '');
  return { server, database };
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const text = readFileSync(`/proc/${name}/stat`, 'latin1');
        const end = text.lastIndexOf(')');
        // proc(5): number, name in brackets, state, number of the parent.
        const parent = Number(text.slice(end + 2).split(' ')[1]);
        return [{ pid: Number(name), parent, name: text.slice(text.indexOf('(') + 1, end) }];
      } catch {
        return []; // It has ended.
      }
    });
}

/** Resident bytes, what is shared divided by how many share it; resident bytes where the system does not tell. */
function proportionalBytes(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1]) * 1024;
  } catch {
    return residentBytes(pid) || 0;
  }
}
