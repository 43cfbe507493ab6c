import { createHash } from 'node:crypto';
import {
  type CompileOptions,
  compileTemplate,
  type Diagnostic,
  drawSeed,
  holdsAt,
  type Plan,
  parseTemplate,
  reseed,
  type Template,
} from '@datamaker/engine';
import { LruCache } from './datagen/lru-cache.ts';
import type { WrittenTemplate } from './template-document.ts';

/** A template ready to run, or what is wrong with it: `parsed` when its document is right, but cannot become rows. */
export type CompiledTemplate =
  | { readonly ok: true; readonly plan: Plan; readonly template: Template }
  | { readonly ok: false; readonly parsed: boolean; readonly diagnostics: readonly Diagnostic[] };

type Made = Extract<CompiledTemplate, { readonly ok: true }>;

/** Compiled templates are kept, by weight in fields: many requests for one template compile it once. */
const KEPT_FIELDS = 2000;

const kept = new LruCache<string, Made>(KEPT_FIELDS, ({ plan }) => plan.fields.length);
/** What is being compiled: requests that come meanwhile wait for it. */
const underWay = new Map<string, Promise<CompiledTemplate>>();

/**
 * Compiles a document with the templates that it nests. Plans of the same content differ in nothing but their seeds, so that
 * streams of them share what is compiled from them (see `pump`).
 */
export async function compileDocument(
  written: WrittenTemplate,
  nested: ReadonlyMap<string, unknown>,
  { seed, ...options }: CompileOptions,
): Promise<CompiledTemplate> {
  const { rows = 0, negative } = options;
  const key = createHash('sha256')
    .update(JSON.stringify([written, [...nested], negative]))
    .digest('base64');
  const pending = underWay.get(key);
  const found = kept.get(key) ?? (pending === undefined ? undefined : await pending);
  if (found?.ok === true && found.plan.capacity >= rows && holdsAt(found.plan, Date.now())) {
    return { ...found, plan: reseed(found.plan, seed ?? drawSeed()) };
  }
  const making = compile(written, nested, { ...options, ...(seed === undefined ? {} : { seed }) });
  underWay.set(key, making);
  const made = await making.finally(() => {
    if (underWay.get(key) === making) underWay.delete(key);
  });
  if (made.ok) kept.set(key, made);
  return made;
}

async function compile(
  written: WrittenTemplate,
  nested: ReadonlyMap<string, unknown>,
  options: CompileOptions,
): Promise<CompiledTemplate> {
  const parsed = parseTemplate(written, { templates: nested });
  if (!parsed.ok) return { ok: false, parsed: false, diagnostics: parsed.diagnostics };
  const compiled = await compileTemplate(parsed.value, options);
  return compiled.ok
    ? { ok: true, plan: compiled.value, template: parsed.value }
    : { ok: false, parsed: true, diagnostics: compiled.diagnostics };
}
