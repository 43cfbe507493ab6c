import type { GenerationRecipe } from '../../store/run-table.ts';
import type { StoredTemplate, TemplateStore } from '../../store/templates.ts';
import type { TemplateSource } from '../pinned-templates.ts';

/** All that generating needs to know of a template. */
export type KeptTemplate = GenerationRecipe['template'];

export const keptTemplate = ({ id, name, version, document }: StoredTemplate): KeptTemplate => ({
  id,
  name,
  version,
  document,
});

/** Reads templates, and remembers them as they were. */
export class RecordedTemplates implements TemplateSource {
  readonly #templates: TemplateStore;
  readonly #seen = new Map<string, KeptTemplate>();

  constructor(templates: TemplateStore) {
    this.#templates = templates;
  }

  get scope(): TemplateStore['scope'] {
    return this.#templates.scope;
  }

  get seen(): readonly KeptTemplate[] {
    return [...this.#seen.values()];
  }

  async findMany(ids: readonly string[]): Promise<StoredTemplate[]> {
    const found = await this.#templates.findMany(ids);
    for (const template of found) this.#seen.set(template.id, keptTemplate(template));
    return found;
  }
}

/** Templates as they were, whatever has become of them. */
export class RememberedTemplates implements TemplateSource {
  readonly scope: TemplateStore['scope'];
  readonly #templates: ReadonlyMap<string, KeptTemplate>;

  constructor(scope: TemplateStore['scope'], templates: readonly KeptTemplate[]) {
    this.scope = scope;
    this.#templates = new Map(templates.map((template) => [template.id, template]));
  }

  async findMany(ids: readonly string[]): Promise<KeptTemplate[]> {
    return ids.flatMap((id) => this.#templates.get(id) ?? []);
  }
}
