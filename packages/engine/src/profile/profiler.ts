import type { Plan } from '../plan/plan.ts';
import type { Template } from '../template/template.ts';
import { checkField } from './check-field.ts';
import { FieldStats } from './field-stats.ts';
import type { FieldProfile, Profile } from './profile.ts';
import { type PromisedField, promisedFields } from './promised-fields.ts';

export interface ProfilerOptions {
  /** What the rows should be like; without it nothing is checked. */
  readonly template?: Template;
  /** What the template was compiled to: with it, what it makes of types is checked too, not their options alone. */
  readonly plan?: Plan;
  /** The country of each locale the fields name (`en` for those that name none); with it, the rules of types are checked too. */
  readonly countries?: ReadonlyMap<string, string | null>;
  /** What `"now"` meant when the rows were made, in milliseconds since the epoch; default: now. */
  readonly now?: number;
}

/** So many fields are told of; rows whose keys are values would have no end of them. */
const MAX_FIELDS = 1000;
const MAX_DEPTH = 100;
/** Different values counted one by one; of unique fields more, since each counts there. */
const EXACT = 10_000;
const EXACT_UNIQUE = 200_000;

/** Says what is in rows, taken one by one, in memory that does not grow with them. */
export class Profiler {
  readonly #fields = new Map<string, FieldStats>();
  readonly #promised: ReadonlyMap<string, PromisedField>;
  readonly #now: number;
  #rows = 0;
  #values = 0;
  readonly #profiles = new Map<string, FieldProfile>();
  #truncated = false;

  constructor({ template, plan, countries, now = Date.now() }: ProfilerOptions = {}) {
    this.#promised = template === undefined ? new Map() : promisedFields(template, { plan, countries });
    this.#now = now;
    // In the order of the template, and there even when no row has them.
    for (const path of this.#promised.keys()) this.#statsOf(path);
  }

  /** Takes a row: an object, in which objects and lists may nest. */
  add(row: Readonly<Record<string, unknown>>): void {
    this.#rows++;
    this.#inside(row, '', 0);
  }

  /** Takes rows. */
  addAll(rows: Iterable<Readonly<Record<string, unknown>>>): void {
    for (const row of rows) this.add(row);
  }

  /** How many values, texts and hashes are held: it stops growing. */
  get held(): number {
    return [...this.#fields.values()].reduce((sum, stats) => sum + stats.held, 0);
  }

  /** How many values were looked at, those inside of others too. */
  get values(): number {
    return this.#values;
  }

  /** Takes the fields one by one for `finish`, which then has nothing left to do: between two of them others can run. */
  *sumUp(): Generator<void, void> {
    this.#profiles.clear();
    for (const stats of this.#fields.values()) {
      this.#profiles.set(stats.path, this.#profileOf(stats));
      yield;
    }
  }

  /** What there is to say of the rows so far. */
  finish(): Profile {
    const fields = Array.from(
      this.#fields.values(),
      (stats) => this.#profiles.get(stats.path) ?? this.#profileOf(stats),
    );
    this.#profiles.clear();
    return { rows: this.#rows, fields, truncated: this.#truncated };
  }

  #profileOf(stats: FieldStats): FieldProfile {
    const promised = this.#promised.get(stats.path);
    const checks = promised === undefined ? [] : checkField(promised, stats, this.#rows, this.#now);
    return { ...(promised === undefined ? {} : { type: promised.field.type.key }), ...stats.profile(), checks };
  }

  #inside(object: Readonly<Record<string, unknown>>, parent: string, depth: number): void {
    for (const key of Object.keys(object))
      this.#value(object[key], parent === '' ? key : `${parent}.${key}`, depth + 1, object);
  }

  #value(value: unknown, path: string, depth: number, siblings: Readonly<Record<string, unknown>>): void {
    if (value === undefined) return;
    this.#values++;
    const stats = this.#statsOf(path);
    if (stats === undefined) return;
    stats.add(value, siblings);
    if (value === null || typeof value !== 'object') return;
    if (depth >= MAX_DEPTH) this.#truncated = true;
    else if (!Array.isArray(value)) this.#inside(value as Record<string, unknown>, path, depth);
    // Of elements that are objects only their fields are of interest.
    else for (const element of value) this.#element(element, `${path}[*]`, depth);
  }

  #element(element: unknown, path: string, depth: number): void {
    const isObject = element !== null && typeof element === 'object' && !Array.isArray(element);
    if (isObject && depth < MAX_DEPTH) this.#inside(element as Record<string, unknown>, path, depth + 1);
    else this.#value(element, path, depth + 1, {});
  }

  #statsOf(path: string): FieldStats | undefined {
    const known = this.#fields.get(path);
    if (known !== undefined) return known;
    if (this.#fields.size >= MAX_FIELDS) {
      this.#truncated = true;
      return undefined;
    }
    const promised = this.#promised.get(path);
    const exactly = promised?.field.common.unique === true ? EXACT_UNIQUE : EXACT;
    const stats = new FieldStats(path, exactly, promised?.tests ?? []);
    this.#fields.set(path, stats);
    return stats;
  }
}
