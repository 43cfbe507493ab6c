import type { StoredTemplate, TemplateStore } from '../store/templates.ts';

/** Where templates that others nest are read. */
export interface TemplateSource {
  /** Where the sets and files are that they pick from. */
  readonly scope: TemplateStore['scope'];
  findMany(ids: readonly string[]): Promise<readonly Pick<StoredTemplate, 'id' | 'name' | 'version' | 'document'>[]>;
}

/** Remembers at which versions templates were read, or reads them at the versions of an earlier time. */
export class PinnedTemplates implements TemplateSource {
  readonly #templates: TemplateStore;
  readonly #pinned: ReadonlyMap<string, number> | undefined;
  readonly #seen = new Map<string, number>();

  constructor(templates: TemplateStore, pinned?: Readonly<Record<string, number>>) {
    this.#templates = templates;
    this.#pinned = pinned === undefined ? undefined : new Map(Object.entries(pinned));
  }

  get scope(): TemplateStore['scope'] {
    return this.#templates.scope;
  }

  /** Id → version of each that was read. */
  get versions(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#seen);
  }

  async findMany(ids: readonly string[]): Promise<StoredTemplate[]> {
    const found: StoredTemplate[] = [];
    if (this.#pinned === undefined) found.push(...(await this.#templates.findMany(ids)));
    else {
      for (const id of ids) {
        const version = this.#pinned.get(id);
        const template = version === undefined ? undefined : await this.#templates.findVersion(id, version);
        if (template !== undefined) found.push(template);
      }
    }
    for (const { id, version } of found) this.#seen.set(id, version);
    return found;
  }
}
