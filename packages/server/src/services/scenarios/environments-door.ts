import type { EnvironmentLock } from '../../runner/environments/environment-lock.ts';
import type { EnvironmentSettings } from '../../runner/environments/environment-settings.ts';
import type { EnvironmentNeeds, Environments } from '../../runner/environments/environments.ts';

interface Surroundings {
  /** A folder of this server alone. */
  readonly root: string;
  readonly settings: EnvironmentSettings;
  /** The interpreter that scenarios run with here: a path or a name. */
  readonly python: () => Promise<string>;
  /** Whether this process executes scenarios. */
  readonly executes: boolean;
}

/** The environments of this process. They are opened when the first scenario wants one: most servers never run one. */
export class EnvironmentsDoor {
  readonly #surroundings: Surroundings;
  #opened: Promise<Environments> | undefined;
  #isClosed = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  python = (): Promise<string> => this.#surroundings.python();

  open(): Promise<Environments> {
    const { root, settings } = this.#surroundings;
    this.#opened ??= (async () => {
      const opened = await import('../../runner/environments/environments.ts');
      const environments = await opened.Environments.open(root, settings);
      if (this.#isClosed) await environments.close();
      return environments;
    })();
    // A folder that could not be made may be there later.
    this.#opened.catch(() => {
      this.#opened = undefined;
    });
    return this.#opened;
  }

  /** Has an environment made that a run will want, so that the first one does not wait for it. Whoever wants it is told what is wrong. */
  warmUp(needs: EnvironmentNeeds, lock: EnvironmentLock | null): void {
    if (!this.#surroundings.executes || (lock === null && needs.requirements.length > 0)) return;
    const warming = async (): Promise<void> => {
      const environments = await this.open();
      const placed = await environments.place(needs, lock, await this.python());
      await placed?.release();
    };
    warming().catch(() => undefined);
  }

  /** Ends what is under way, and waits until it has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opened?.then(
      (environments) => environments.close(),
      () => undefined,
    );
  }
}
