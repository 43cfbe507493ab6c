import { compileTemplate, hasExternal, parseTemplate, responsesOf, type Template } from '@datamaker/engine';
import { validationError } from '../errors.ts';
import type { TemplateDocument } from '../store/schema.ts';
import type { StoredTemplate } from '../store/templates.ts';
import type { TemplateSource } from './pinned-templates.ts';
import { loadResources } from './resources/load-resources.ts';
import { addressRequests } from './responses/address-requests.ts';

/** A template document as it is written: what clients send, without what the server adds. */
export interface WrittenTemplate extends TemplateDocument {
  readonly id?: string;
  readonly name: string;
}

/** The most other templates that one template may pull in. */
const MAX_TEMPLATES = 200;

/** Parses a document with the templates it nests, from the same project. @throws ApiError validation_error */
export async function parseDocument(written: WrittenTemplate, templates: TemplateSource): Promise<Template> {
  const { nested, resources } = await surroundingsOf(written, templates);
  const parsed = parseTemplate(written, { templates: nested, resources });
  if (!parsed.ok) throw validationError(parsed.diagnostics);
  return parsed.value;
}

/** Makes sure that rows can be made of a document before it is stored; no system is asked for any. @throws ApiError validation_error */
export async function checkDocument(written: WrittenTemplate, templates: TemplateSource): Promise<void> {
  const parsed = await parseDocument(written, templates);
  await addressRequests(responsesOf(parsed), templates.scope);
  const compiled = await compileTemplate(parsed, { responses: 'unknown', external: ['python'] });
  if (!compiled.ok) throw validationError(compiled.diagnostics);
  if (!hasExternal(compiled.value)) return;
  const { checkFunctions } = await import('./programs/check-functions.ts');
  const wrong = await checkFunctions(compiled.value);
  if (wrong.length > 0) throw validationError(wrong);
}

/** What a template refers to, of the same project. */
export interface Surroundings {
  /** Other templates, by id. */
  readonly nested: ReadonlyMap<string, unknown>;
  /** Rows that its `sample` fields pick from, by the names that they use. */
  readonly resources: ReadonlyMap<string, readonly unknown[]>;
}

/** @throws ApiError validation_error, when what it picks from is malformed or too large */
export async function surroundingsOf(written: WrittenTemplate, templates: TemplateSource): Promise<Surroundings> {
  const nested = await nestedTemplates(written, templates);
  return { nested, resources: await loadResources([written, ...nested.values()], templates.scope) };
}

/** All templates that a document refers to, directly or through others, by id. */
export async function nestedTemplates(
  written: WrittenTemplate,
  templates: TemplateSource,
): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  let wanted = referencesIn(written.fields);
  while (wanted.size > 0 && found.size < MAX_TEMPLATES) {
    const stored = await templates.findMany([...wanted].slice(0, MAX_TEMPLATES));
    for (const template of stored) found.set(template.id, toWritten(template));
    wanted = new Set(
      stored.flatMap(({ document }) => [...referencesIn(document.fields)]).filter((id) => !found.has(id)),
    );
  }
  // A template that contains itself is found as it is being written, not as it is stored.
  if (written.id !== undefined && found.has(written.id)) found.set(written.id, written);
  return found;
}

export const toWritten = ({
  id,
  name,
  document,
}: Pick<StoredTemplate, 'id' | 'name' | 'document'>): WrittenTemplate => ({ id, name, ...document });

/** The ids under `template_id` in a tree of fields. */
function referencesIn(fields: unknown): Set<string> {
  const ids = new Set<string>();
  mapReferences(fields, (id) => {
    ids.add(id);
    return id;
  });
  return ids;
}

/** A tree of fields with other ids under `template_id`. */
export function mapReferences(value: unknown, map: (id: string) => string, depth = 0): unknown {
  if (value === null || typeof value !== 'object' || depth > 64) return value;
  if (Array.isArray(value)) return value.map((inner) => mapReferences(inner, map, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'string' && /^template_?id$/i.test(key) ? map(inner) : mapReferences(inner, map, depth + 1),
    ]),
  );
}
