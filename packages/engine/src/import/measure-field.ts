import { compileTemplate } from '../compile/compile-template.ts';
import { largestRow } from '../compile/largest-row.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';

/** A type with its options, not yet a field. */
export interface Draft {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a draft gives, or why it gives nothing. */
export type Measure =
  | { readonly ok: false; readonly message: string }
  | { readonly ok: true; readonly longest: number; readonly rows: number };

/** Bytes of JSON around a text: `{"v":""}`. */
const AROUND = 8;
const measured = new Map<string, Measure>();
const MAX_REMEMBERED = 2000;

/** Parses and compiles a draft on its own: whether it is one, the most bytes of a value, how many rows it can be unique in. */
export async function measureField({ type, options }: Draft): Promise<Measure> {
  // A null is longer than a text of one character.
  const { null_percentage: _, ...bare } = options;
  const draft = { type, options: bare };
  const key = JSON.stringify(draft);
  const known = measured.get(key);
  if (known !== undefined) return known;
  if (measured.size >= MAX_REMEMBERED) measured.clear();
  const measure = await measureAnew(draft);
  measured.set(key, measure);
  return measure;
}

async function measureAnew(draft: Draft): Promise<Measure> {
  const parsed = parseTemplate({ fields: [{ name: 'v', ...draft }] });
  if (!parsed.ok) return { ok: false, message: parsed.diagnostics[0]?.message ?? 'it is not a field' };
  const plan = await compileTemplate(parsed.value, { seed: '', now: 0 });
  if (!plan.ok) return { ok: false, message: plan.diagnostics[0]?.message ?? 'it cannot be compiled' };
  return { ok: true, longest: largestRow(plan.value.fields) - AROUND, rows: plan.value.capacity };
}

const shortest = new Map<string, number>();
/** Rows looked at to see how short texts are. */
const LOOKED_AT = 200;

/** Characters of the shortest text among the first values of a draft. */
export async function shortestOf(draft: Draft): Promise<number> {
  const key = JSON.stringify(draft);
  const known = shortest.get(key);
  if (known !== undefined) return known;
  if (shortest.size >= MAX_REMEMBERED) shortest.clear();
  const values = await valuesOf({ ...draft, options: { ...draft.options, unique: false } }, LOOKED_AT);
  const lengths = values.map((value) => (typeof value === 'string' ? [...value].length : Number.POSITIVE_INFINITY));
  const found = lengths.reduce((a, b) => Math.min(a, b));
  shortest.set(key, found);
  return found;
}

/** The first values of a draft, always the same. @throws Error when the draft is not a field */
async function valuesOf(draft: Draft, count: number): Promise<unknown[]> {
  const parsed = parseTemplate({ fields: [{ name: 'v', ...draft }] });
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  const plan = await compileTemplate(parsed.value, { seed: 'import', now: Date.UTC(2025, 0, 1) });
  if (!plan.ok) throw new Error(plan.diagnostics[0]?.message);
  return generateRows(plan.value, 0, count).map((row) => row['v']);
}
