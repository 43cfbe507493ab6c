import { validationError } from '../errors.ts';
import type { TemplateDocument } from '../store/schema.ts';
import type { StoredTemplate } from '../store/templates.ts';
import type { TemplateSource } from './pinned-templates.ts';
import { mapReferences, nestedTemplates, toWritten } from './template-document.ts';

/** A template of a bundle; its id is of meaning in the bundle only. */
export interface BundledTemplate {
  readonly id: string;
  readonly name: string;
  readonly fields: readonly unknown[];
  readonly locale?: string | undefined;
  readonly weighting?: string | undefined;
}

/** A template with all that it nests, to be taken elsewhere. */
export interface TemplateBundle {
  readonly kind: 'datamaker/templates';
  readonly version: 1;
  /** The template that was asked for is the last one; each comes after those that it nests. */
  readonly templates: readonly BundledTemplate[];
}

/** A template with all that it nests. */
export async function bundleOf(template: StoredTemplate, templates: TemplateSource): Promise<TemplateBundle> {
  const nested = await nestedTemplates(toWritten(template), templates);
  const all = new Map([...nested, [template.id, toWritten(template)]]) as Map<string, BundledTemplate>;
  return { kind: 'datamaker/templates', version: 1, templates: inOrder([...all.values()]) };
}

/**
 * The templates of a bundle, each after those that it nests.
 * @throws ApiError validation_error when ids repeat, or templates nest themselves
 */
export function inOrder(templates: readonly BundledTemplate[]): BundledTemplate[] {
  const byId = new Map(templates.map((template) => [template.id, template]));
  const places = new Map(templates.map(({ id }, index) => [id, index]));
  const ordered: BundledTemplate[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (template: BundledTemplate): void => {
    if (state.get(template.id) === 'done') return;
    if (state.get(template.id) === 'open') throw problem('template_cycle', template.id, 'it nests itself');
    state.set(template.id, 'open');
    mapReferences(template.fields, (id) => {
      const nested = byId.get(id);
      if (nested !== undefined) visit(nested);
      return id;
    });
    state.set(template.id, 'done');
    ordered.push(template);
  };
  const problem = (code: string, id: string, message: string) =>
    validationError([
      { code, pointer: `/templates/${places.get(id)}`, message: `the template ${JSON.stringify(id)}: ${message}` },
    ]);
  if (byId.size < templates.length) {
    const twice = templates.find(({ id }, index) => places.get(id) !== index) as BundledTemplate;
    throw problem('duplicate_id', twice.id, 'there are two of that id');
  }
  for (const template of templates) visit(template);
  return ordered;
}

/** What is stored of a bundled template, with the ids that others got. */
export function documentOf(template: BundledTemplate, ids: ReadonlyMap<string, string>): TemplateDocument {
  const { fields, locale, weighting } = template;
  return {
    fields: mapReferences(fields, (id) => ids.get(id) ?? id) as readonly unknown[],
    ...(locale === undefined ? {} : { locale }),
    ...(weighting === undefined ? {} : { weighting }),
  };
}
