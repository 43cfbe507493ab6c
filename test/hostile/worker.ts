import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Work, Worked } from './work-process.ts';

/** A process that does one piece of work after the other. */
export class Worker {
  readonly #child: ChildProcess;

  /** @param log takes what it says on stderr */
  constructor(log: string, cwd: string) {
    const stderr = openSync(log, 'a');
    this.#child = fork(fileURLToPath(new URL('work-process.ts', import.meta.url)), {
      cwd,
      execArgv: ['--conditions=datamaker-source', '--expose-gc'],
      stdio: ['ignore', 'ignore', stderr, 'ipc'],
    });
    closeSync(stderr);
  }

  /** @throws Error when the process dies of it */
  async do(work: Work): Promise<Worked> {
    const answer = once(this.#child, 'message') as Promise<[Worked]>;
    const end = once(this.#child, 'exit').then(([code, signal]) => {
      throw new Error(`the process died (${code ?? signal}) of ${JSON.stringify(work)}`);
    });
    end.catch(() => undefined);
    this.#child.send(work);
    const [worked] = await Promise.race([answer, end]);
    return worked;
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }
}
