import type { MasterKey } from './master-key.ts';

/** The master keys that a server knows. */
export class MasterKeys {
  #known: readonly MasterKey[];
  readonly #reload: () => Promise<readonly MasterKey[]>;

  /**
   * @param known the newest first
   * @param reload what is known now: asked when something is wrapped with a key that is not
   */
  constructor(known: readonly MasterKey[], reload: () => Promise<readonly MasterKey[]> = async () => known) {
    this.#known = known;
    this.#reload = reload;
  }

  /** The key of an id; undefined: nobody here has it. */
  async find(id: string): Promise<MasterKey | undefined> {
    const has = (key: MasterKey): boolean => key.id === id;
    const found = this.#known.find(has);
    if (found !== undefined) return found;
    await this.refresh();
    return this.#known.find(has);
  }

  /** The newest one, as it is now. */
  async newest(): Promise<MasterKey> {
    await this.refresh();
    const [newest] = this.#known;
    if (newest === undefined) throw new Error('there is no master key');
    return newest;
  }

  async refresh(): Promise<void> {
    this.#known = await this.#reload();
  }
}
