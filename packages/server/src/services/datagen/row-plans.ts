import { compileTemplate, type Diagnostic, type Plan, parseTemplate } from '@datamaker/engine';
import type { ContractField } from './contract.ts';
import { toEngineField } from './engine-field.ts';
import { LruCache } from './lru-cache.ts';

/** Columns compiled, or why they cannot be. Pointers of diagnostics begin with `/fields/<index>`. */
export type Compiled =
  | { readonly ok: true; readonly plan: Plan; readonly depth: readonly number[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

type Made = Extract<Compiled, { readonly ok: true }>;

/** Compiled columns are kept, by weight in fields: what asks for the same columns again does not compile them again. */
const KEPT_FIELDS = 4000;

/**
 * Compiles columns. A plan's values depend on nothing but seed, row and the moment that "now" means; that moment is the
 * beginning of a day, so that a seed gives the same bytes all day long.
 */
export class RowPlans {
  /** Of lists that are kept themselves, such as those of contracts: to write one as a key takes longer than to find it. */
  readonly #byList = new WeakMap<readonly ContractField[], { readonly now: number; readonly made: Made }>();
  readonly #kept = new LruCache<string, Made>(KEPT_FIELDS, ({ plan }) => plan.fields.length);

  /** @param day any moment of it, in milliseconds since the epoch; @param rows as many must be possible */
  async compile(fields: readonly ContractField[], day: number, rows: number): Promise<Compiled> {
    const now = startOfDay(day);
    const known = this.#byList.get(fields);
    if (known?.now === now && known.made.plan.capacity >= rows) return known.made;
    const key = `${now} ${JSON.stringify(fields.map(toEngineField))}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.plan.capacity >= rows) {
      this.#byList.set(fields, { now, made: kept });
      return kept;
    }
    const parsed = parseTemplate({ fields: fields.map(toEngineField) });
    if (!parsed.ok) return parsed;
    // A seed of its own for each answer: see `reseed`.
    const compiled = await compileTemplate(parsed.value, { seed: '-', rows, now });
    if (!compiled.ok) return compiled;
    const made = { ok: true, plan: compiled.value, depth: parsed.value.fields.map(depthOf) } as const;
    this.#kept.set(key, made);
    this.#byList.set(fields, { now, made });
    return made;
  }
}

const DAY = 86_400_000;

export const startOfDay = (moment: number): number => Math.floor(moment / DAY) * DAY;

interface Nesting {
  readonly nested?: { readonly fields: readonly Nesting[] };
  readonly parts?: readonly { readonly field: Nesting }[];
}

/** How many levels of fields stand inside a field. */
function depthOf({ nested, parts }: Nesting): number {
  const inner = [...(nested?.fields ?? []), ...(parts ?? []).map(({ field }) => field)];
  return inner.length === 0 ? 0 : 1 + Math.max(...inner.map(depthOf));
}
