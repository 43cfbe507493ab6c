import { type ChildProcess, fork } from 'node:child_process';
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
    const { promise, resolve, reject } = Promise.withResolvers<Worked>();
    const died = (): void => reject(new Error(`the process died of ${JSON.stringify(work)}`));
    this.#child.once('message', resolve).once('exit', died);
    this.#child.send(work);
    return promise.finally(() => this.#child.off('message', resolve).off('exit', died));
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }
}
