import { createHash } from 'node:crypto';
import {
  type CompileOptions,
  compileTemplate,
  type Diagnostic,
  drawSeed,
  holdsAt,
  type Plan,
  parseTemplate,
  type ResponseRequest,
  type Responses,
  reseed,
  responsesOf,
  type Template,
} from '@datamaker/engine';
import { LruCache } from './datagen/lru-cache.ts';
import { mayRespond } from './responses/may-respond.ts';
import type { Surroundings, WrittenTemplate } from './template-document.ts';

/** A template ready to run, or what is wrong with it: `parsed` when its document is right, but cannot become rows. */
export type CompiledTemplate =
  | { readonly ok: true; readonly plan: Plan; readonly template: Template }
  | { readonly ok: false; readonly parsed: boolean; readonly diagnostics: readonly Diagnostic[] };

type Made = Extract<CompiledTemplate, { readonly ok: true }>;

interface Kept extends Made {
  /** About how much memory it takes. */
  readonly bytes: number;
}

/** Compiled templates are kept: many requests for one template compile it once. */
const KEPT_BYTES = 40 * 1024 * 1024;
/** Of a field whose options are short, and of a character of what is written: lists of values stand in both. */
const BYTES_OF_FIELD = 20_000;
const BYTES_OF_CHARACTER = 4;

const kept = new LruCache<string, Kept>(KEPT_BYTES, ({ bytes }) => bytes);
/** What is being compiled: requests that come meanwhile wait for it. */
const underWay = new Map<string, Promise<CompiledTemplate>>();

/** Gives the rows that fields pick from, or says that they are not wanted now. */
export type Respond = (requests: readonly ResponseRequest[]) => Promise<Responses | 'unknown'>;

/**
 * Compiles a document with what it refers to. Plans of the same content differ in nothing but their seeds, so that streams of
 * them share what is compiled from them (see `pump`). What picks from sets, files or systems is compiled each time: they may have changed.
 * @param respond undefined: what picks from systems is refused
 */
export async function compileDocument(
  written: WrittenTemplate,
  { nested, resources }: Surroundings,
  { seed, ...options }: CompileOptions,
  respond?: Respond,
): Promise<CompiledTemplate> {
  const { rows = 0, negative, now = Date.now() } = options;
  const seeded = seed === undefined ? {} : { seed };
  if (resources.size > 0 || mayRespond([written, ...nested.values()])) {
    return compile(written, { nested, resources }, { ...options, ...seeded }, respond);
  }
  const content = JSON.stringify([written, [...nested], negative, options.external]);
  const key = createHash('sha256').update(content).digest('base64');
  const pending = underWay.get(key);
  const found = kept.get(key) ?? (pending === undefined ? undefined : await pending);
  if (found?.ok === true && found.plan.capacity >= rows && holdsAt(found.plan, now)) {
    return { ...found, plan: reseed(found.plan, seed ?? drawSeed()) };
  }
  const making = compile(written, { nested, resources }, { ...options, ...seeded }, respond);
  underWay.set(key, making);
  const made = await making.finally(() => {
    if (underWay.get(key) === making) underWay.delete(key);
  });
  if (made.ok) {
    const bytes = made.plan.fields.length * BYTES_OF_FIELD + content.length * BYTES_OF_CHARACTER;
    kept.set(key, { ...made, bytes });
  }
  return made;
}

async function compile(
  written: WrittenTemplate,
  { nested, resources }: Surroundings,
  options: CompileOptions,
  respond?: Respond,
): Promise<CompiledTemplate> {
  const parsed = parseTemplate(written, { templates: nested, resources });
  if (!parsed.ok) return { ok: false, parsed: false, diagnostics: parsed.diagnostics };
  const requests = responsesOf(parsed.value);
  const responses = requests.length === 0 ? undefined : await respond?.(requests);
  const answered = responses === undefined ? options : { ...options, responses };
  const compiled = await compileTemplate(parsed.value, answered);
  return compiled.ok
    ? { ok: true, plan: compiled.value, template: parsed.value }
    : { ok: false, parsed: true, diagnostics: compiled.diagnostics };
}
