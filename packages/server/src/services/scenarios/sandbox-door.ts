import type { Exposure } from '../../runner/sandbox/may-run-unsandboxed.ts';
import { type SandboxDriver, SandboxError } from '../../runner/sandbox/sandbox.ts';

/** What an operator says of where scenarios are executed. */
export interface SandboxChoice {
  /** `auto`: in bubblewrap, or nowhere. `none`: as plain processes, where nobody else reaches the server. Default `auto`. */
  readonly driver?: 'auto' | 'none';
  /** Path or name of the interpreter; default `python3`. */
  readonly python?: string;
}

interface Surroundings {
  readonly choice: SandboxChoice;
  /** What of the host stays hidden. */
  readonly hidden: readonly string[];
  /** Who can reach the server now. */
  readonly exposure: () => Promise<Exposure>;
}

/** What was missing is there soon after it was installed, and nobody has the host tried over and over until then. */
const REMEMBER_MS = 60_000;

/** The sandbox of this process. It is made and tried when the first scenario wants it: most servers never run one. */
export class SandboxDoor {
  readonly #make: () => Promise<SandboxDriver>;
  #made: Promise<SandboxDriver> | undefined;
  #failed: { readonly error: SandboxError; readonly until: number } | undefined;

  constructor(make: () => Promise<SandboxDriver>) {
    this.#make = make;
  }

  static of({ choice: { driver = 'auto', python }, hidden, exposure }: Surroundings): SandboxDoor {
    return new SandboxDoor(async () => {
      const { openSandbox } = await import('../../runner/sandbox/open-sandbox.ts');
      return openSandbox({ driver, python, hidden, exposure: await exposure() });
    });
  }

  /** Whether it was tried some moments ago, and there is none. */
  get isShut(): boolean {
    return this.#failed !== undefined && Date.now() < this.#failed.until;
  }

  /** @throws SandboxError when there is none, with what to do */
  async open(): Promise<SandboxDriver> {
    if (this.#failed !== undefined && this.isShut) throw this.#failed.error;
    this.#made ??= this.#make();
    const making = this.#made;
    try {
      const driver = await making;
      // Who reaches the server may change, and then it is not allowed any more.
      if (driver.name === 'none') this.#made = undefined;
      return driver;
    } catch (error) {
      this.#made = undefined;
      if (error instanceof SandboxError) this.#failed = { error, until: Date.now() + REMEMBER_MS };
      throw error;
    }
  }
}
