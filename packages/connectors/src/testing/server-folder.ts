import { type ChildProcess, execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a server of a test has its files. */
export interface ServerFolder {
  readonly path: string;
  /** For a process in it: databases refuse to be root. */
  readonly options: {
    readonly cwd: string;
    readonly stdio: 'ignore';
    readonly uid?: number;
    readonly gid?: number;
  };
  /** Ends the server and removes the folder. */
  end(child: ChildProcess, signal: NodeJS.Signals): Promise<void>;
}

/** Makes a folder that belongs to whom a server may run as. */
export function serverFolder(): ServerFolder {
  const path = mkdtempSync(join(tmpdir(), 'dm-test-'));
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  const owner = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : undefined;
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
  return {
    path,
    options: { cwd: path, stdio: 'ignore', ...owner },
    end: async (child, signal) => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await ended;
      rmSync(path, { recursive: true, force: true });
    },
  };
}
