import { drawSeed } from '../compile/draw-seed.ts';
import { type Diagnostic, failure, type Result, show, success } from '../template/diagnostic.ts';
import type { Template } from '../template/template.ts';
import { findType } from '../types/registry.ts';
import { applyKeyed, type Single } from './apply-strategy.ts';
import { detectByName, detectByValue, TYPES_OF } from './detect.ts';
import { type FakeSpec, Fakes } from './fakes.ts';
import { child, isInside, listOf, nameOf, parentOf, rowPointer } from './field-path.ts';
import { type KnownField, knownFields } from './known-fields.ts';
import { MaskKey, MIN_KEY_BYTES } from './mask-key.ts';
import { parsePolicy } from './parse-policy.ts';
import { isKeyed, type MaskPolicy, type MaskRule } from './policy.ts';
import { SensitiveFields } from './sensitive-fields.ts';

export interface MaskOptions {
  /** Needed by strategies that are the same for the same value; at least 16 bytes, kept secret by the caller. */
  readonly key?: Uint8Array;
  /** What `replace` draws from; default: drawn. */
  readonly seed?: string;
  /** What the rows were made by, or look like: says which fields are sensitive, and of which type the fakes are. */
  readonly template?: Template;
  /** Paths of fields that are sensitive besides. */
  readonly sensitive?: readonly string[];
}

/** What was done to a field; never a value. */
export interface MaskLogEntry {
  readonly field: string;
  readonly strategy: string;
  /** replace: what the fakes are. */
  readonly type?: string;
  /** Values that were masked. */
  readonly values: number;
  /** Nulls, which stay. */
  readonly nulls: number;
}

/** A token and what it stands for: real data, for the caller to keep or to drop. */
export interface TokenEntry {
  readonly field: string;
  readonly token: string;
  readonly value: unknown;
}

export interface MaskedBatch {
  readonly rows: readonly Record<string, unknown>[];
  /** Each token of the batch once. */
  readonly tokens: readonly TokenEntry[];
}

/** What is said at the end. */
export interface MaskSummary {
  readonly count: number;
  readonly seed: string;
  readonly log: readonly MaskLogEntry[];
}

type Row = Record<string, unknown>;

/** Deeper values than this are refused before recursion exhausts the stack. */
const MAX_DEPTH = 100;
const MAX_DIAGNOSTICS = 100;

interface RuleState {
  readonly rule: MaskRule;
  type: string | undefined;
  values: number;
  nulls: number;
  seen: boolean;
}

/** The objects on the way to a value, and which row and element it is in. */
interface Way {
  readonly row: number;
  readonly holders: readonly { readonly path: string; readonly object: Row }[];
}

/**
 * Prepares masking. Fails closed: a sensitive field of the template that the policy does not name, a missing key or a
 * type that does not exist is an error before any row is read.
 * @param policy the parsed JSON of a policy; see `parsePolicy`
 */
export async function createMasker(policy: unknown, options: MaskOptions = {}): Promise<Result<Masker>> {
  const parsed = parsePolicy(policy);
  if (!parsed.ok) return parsed;
  const diagnostics = checkKey(parsed.value, options.key);
  const known = options.template === undefined ? new Map<string, KnownField>() : knownFields(options.template);
  const sensitive = new SensitiveFields(parsed.value.rules, known, options.sensitive ?? []);
  diagnostics.push(...sensitive.unnamedInTemplate());
  if (diagnostics.length > 0) return failure(...diagnostics.slice(0, MAX_DIAGNOSTICS));
  const masker = new Masker(parsed.value, options, known, sensitive);
  const prepared = await masker.prepare();
  return prepared.ok ? success(masker) : prepared;
}

function checkKey({ rules }: MaskPolicy, key: Uint8Array | undefined): Diagnostic[] {
  const keyed = rules.filter(({ strategy }) => isKeyed(strategy));
  if (key !== undefined && key.length < MIN_KEY_BYTES) {
    const message = `the key has ${key.length} bytes, fewer than ${MIN_KEY_BYTES}`;
    return [{ code: 'mask_key_too_short', pointer: '/key', message, hint: 'make one with `openssl rand -hex 32`' }];
  }
  if (key !== undefined || keyed.length === 0) return [];
  const names = keyed.slice(0, 10).map(({ field, strategy }) => `${show(field)} (${strategy})`);
  const message = `a key is needed for ${names.join(', ')}`;
  return [{ code: 'mask_key_missing', pointer: '/key', message, hint: 'make one with `openssl rand -hex 32`' }];
}

/** Masks rows batch by batch, in order; made by `createMasker`. Holds no row beyond its batch. */
export class Masker {
  readonly #states: ReadonlyMap<string, RuleState>;
  readonly #known: ReadonlyMap<string, KnownField>;
  readonly #sensitive: SensitiveFields;
  readonly #key: MaskKey | undefined;
  readonly #fakes: Fakes;
  /** Elements so far of each list that has a field to replace. */
  readonly #elements = new Map<string, number>();
  #rows = 0;
  #failed = false;
  #problems: Diagnostic[] = [];
  #tokens = new Map<string, TokenEntry>();

  constructor(
    { rules }: MaskPolicy,
    { key, seed }: MaskOptions,
    known: ReadonlyMap<string, KnownField>,
    sensitive: SensitiveFields,
  ) {
    const states = rules.map((rule): RuleState => ({ rule, type: undefined, values: 0, nulls: 0, seen: false }));
    this.#states = new Map(states.map((state) => [state.rule.field, state]));
    this.#known = known;
    this.#sensitive = sensitive;
    this.#key = key === undefined ? undefined : new MaskKey(key);
    this.#fakes = new Fakes(seed ?? drawSeed());
  }

  /** Prepares fakes of the fields whose type is known without a value. */
  prepare(): Promise<Result<undefined>> {
    return this.#addFakes((state) => {
      const { field, type } = state.rule;
      return type ?? this.#known.get(field)?.field.type.key ?? typeFor(detectByName(nameOf(field)));
    });
  }

  /** Masks the next rows: all of them, or none and everything that stands in the way. After a failure it takes no more. */
  async mask(rows: readonly unknown[]): Promise<Result<MaskedBatch>> {
    if (this.#failed) throw new Error('this masking has failed');
    this.#failed = true;
    const fakes = await this.#addFakes(({ rule }) => typeForValue(firstValue(rows, rule.field)));
    if (!fakes.ok) return fakes;
    this.#problems = [];
    this.#tokens = new Map();
    const masked = rows.map((row, i) => this.#row(row, this.#rows + i));
    const problems = [...this.#sensitive.takeUnnamed(), ...this.#problems];
    if (problems.length > 0) return failure(...problems.slice(0, MAX_DIAGNOSTICS));
    this.#rows += rows.length;
    this.#failed = false;
    return success({ rows: masked, tokens: [...this.#tokens.values()] });
  }

  /** Says what was done, or which fields of the policy no row had: most likely slips, which would leave a field unmasked. */
  finish(): Result<MaskSummary> {
    const missing = [...this.#states.values()].filter(({ seen, rule }) => !seen && !rule.optional);
    if (this.#rows > 0 && missing.length > 0) {
      return failure(
        ...missing.slice(0, MAX_DIAGNOSTICS).map(({ rule }) => ({
          code: 'mask_field_not_found',
          pointer: rule.pointer,
          message: `no row has the field ${show(rule.field)}`,
          hint: 'correct its name, or say `"optional": true`',
        })),
      );
    }
    const log = [...this.#states.values()].map(({ rule: { field, strategy }, type, values, nulls }) => ({
      field,
      strategy,
      ...(type === undefined ? {} : { type }),
      values,
      nulls,
    }));
    return success({ count: this.#rows, seed: this.#fakes.seed, log });
  }

  async #addFakes(typeOf: (state: RuleState) => string | undefined): Promise<Result<undefined>> {
    const specs: FakeSpec[] = [];
    for (const state of this.#states.values()) {
      const { field, strategy, options, pointer } = state.rule;
      if (strategy !== 'replace' || state.type !== undefined) continue;
      state.type = typeOf(state);
      if (state.type === undefined) continue;
      const known = this.#known.get(field)?.field;
      const inherited = known?.type.key === state.type ? known.options : {};
      specs.push({ field, type: state.type, options: options ?? inherited, locale: known?.common.locale, pointer });
    }
    return specs.length === 0 ? success(undefined) : this.#fakes.add(specs);
  }

  #row(row: unknown, index: number): Row {
    if (isObject(row)) return this.#object(row, '', { row: index, holders: [] }, 0);
    this.#problem(
      'mask_invalid_row',
      index,
      '',
      `row ${index + 1} is ${show(null === row ? row : typeof row)}`,
      'give objects',
    );
    return {};
  }

  #object(object: Row, path: string, way: Way, depth: number): Row {
    const inner = { row: way.row, holders: [...way.holders, { path, object }] };
    return Object.fromEntries(
      Object.entries(object).map(([key, value]) => {
        if (this.#sensitive.isPersonalKey(key)) {
          const where = path === '' ? 'the row' : show(path);
          const message = `row ${way.row + 1}: a key of ${where} is itself personal data`;
          this.#problem(
            'mask_personal_key',
            way.row,
            path,
            message,
            'turn such keys into values, or redact what holds them',
          );
          return ['', null];
        }
        return [key, this.#value(value, child(path, key), inner, depth + 1)];
      }),
    );
  }

  #value(value: unknown, path: string, way: Way, depth: number): unknown {
    const state = this.#states.get(path);
    if (state !== undefined) state.seen = true;
    if (depth > MAX_DEPTH) {
      const message = `row ${way.row + 1} is nested more than ${MAX_DEPTH} deep`;
      this.#problem('mask_too_deep', way.row, '', message, 'flatten the rows');
      return null;
    }
    if (value === null || value === undefined) {
      this.#markInside(path);
      if (state === undefined) this.#sensitive.check(path, null, way.row);
      else state.nulls++;
      return null;
    }
    if (typeof value === 'object' && isJson(value)) return this.#container(value, path, state, way, depth);
    if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol') {
      const message = `row ${way.row + 1}: ${show(path)} is no value that JSON has`;
      this.#problem('mask_invalid_value', way.row, path, message, 'write dates as texts, bytes as base64');
      return null;
    }
    if (state !== undefined) return this.#single(value as Single, path, state, way);
    this.#sensitive.check(path, value, way.row);
    return value;
  }

  #container(value: object, path: string, state: RuleState | undefined, way: Way, depth: number): unknown {
    if (state?.rule.strategy === 'redact') {
      this.#markInside(path);
      state.values++;
      return state.rule.token;
    }
    if (state !== undefined && state.rule.strategy !== 'preserve') {
      const [kind, example] = Array.isArray(value) ? ['a list', `${path}[*]`] : ['an object', `${path}.…`];
      const message = `row ${way.row + 1}: ${show(path)} is ${kind}, which strategy ${state.rule.strategy} does not fit`;
      this.#problem('mask_strategy_does_not_fit', way.row, path, message, `name what is in it: ${show(example)}`);
      return null;
    }
    if (!Array.isArray(value)) return this.#object(value as Row, path, way, depth);
    if (value.length === 0) this.#markInside(path);
    const list = `${path}[*]`;
    return value.map((element) => {
      const masked = this.#value(element, list, way, depth + 1);
      this.#elements.set(list, (this.#elements.get(list) ?? 0) + 1);
      return masked;
    });
  }

  #single(value: Single, path: string, state: RuleState, way: Way): unknown {
    const { rule } = state;
    state.values++;
    if (rule.strategy === 'preserve') return value;
    if (rule.strategy === 'redact') return rule.token;
    if (rule.strategy === 'replace') return this.#fake(value, path, state, way);
    if (this.#key === undefined) throw new Error('a keyed strategy without a key');
    const entity = this.#entityOf(rule, value, way);
    if (entity === undefined) {
      const message = `row ${way.row + 1}: ${show(path)} is shifted per ${show(rule.per)}, which has no value there`;
      this.#problem('mask_missing_entity', way.row, path, message, 'leave out `per`, or give every row the entity');
      return null;
    }
    const applied = applyKeyed(rule, value, this.#key, entity);
    if (!applied.ok) {
      const message = `row ${way.row + 1}: ${show(path)} ${applied.why}, which strategy ${rule.strategy} does not fit`;
      this.#problem('mask_strategy_does_not_fit', way.row, path, message, applied.hint);
      return null;
    }
    if (applied.token !== undefined)
      this.#tokens.set(`${path}\0${applied.token}`, { field: path, token: applied.token, value });
    return applied.value;
  }

  #fake(value: Single, path: string, state: RuleState, way: Way): unknown {
    if (state.type === undefined) {
      const message = `row ${way.row + 1}: nothing says of which type fakes of ${show(path)} are`;
      this.#problem('mask_unknown_type', way.row, path, message, 'name it in the rule: `"type": "company"`');
      return null;
    }
    const list = listOf(path);
    const fake = this.#fakes.at(path, list === '' ? way.row : (this.#elements.get(list) ?? 0));
    if (typeof value === 'string' && typeof fake !== 'object') return String(fake);
    // A number stays one where the fake is written in digits only.
    return typeof value === 'number' && typeof fake === 'string' && String(Number(fake)) === fake ? Number(fake) : fake;
  }

  #entityOf({ per }: MaskRule, value: Single, way: Way): string | undefined {
    if (per === undefined) return `value\0${value}`;
    const holder = way.holders.find(({ path }) => path === parentOf(per));
    const entity = holder === undefined ? undefined : holder.object[nameOf(per)];
    return entity === null || entity === undefined || typeof entity === 'object' ? undefined : `entity\0${entity}`;
  }

  /** What a null, an empty list or a redacted object would hold is not missing. */
  #markInside(path: string): void {
    for (const state of this.#states.values()) if (isInside(state.rule.field, path)) state.seen = true;
  }

  #problem(code: string, row: number, path: string, message: string, hint: string): void {
    if (this.#problems.length >= MAX_DIAGNOSTICS) return;
    this.#problems.push({ code, pointer: rowPointer(row, path), message, hint });
  }
}

const isObject = (value: unknown): value is Row => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Lists and plain objects; a Date or a Map would lose what it holds. */
function isJson(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || prototype === Object.prototype;
}

/** The first type of the catalogue that makes fakes of a kind. */
const typeFor = (kind: ReturnType<typeof detectByName>): string | undefined =>
  kind === undefined ? undefined : TYPES_OF[kind].map((name) => findType(name)?.key).find((key) => key !== undefined);

function typeForValue(value: unknown): string | undefined {
  const found = typeFor(detectByValue(value));
  if (found !== undefined) return found;
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value !== 'string') return undefined;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return 'uuid';
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return 'date';
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value) ? 'datetime' : undefined;
}

/** The first value in the rows that a path leads to and that is not null. */
function firstValue(rows: readonly unknown[], path: string): unknown {
  const steps = path.replaceAll('[*]', '.[*]').split('.');
  const find = (value: unknown, at: number): unknown => {
    if (value === null || value === undefined) return undefined;
    const step = steps[at];
    if (step === undefined) return value;
    if (step !== '[*]') return isObject(value) ? find(value[step], at + 1) : undefined;
    if (!Array.isArray(value)) return undefined;
    for (const element of value) {
      const found = find(element, at + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const row of rows) {
    const found = find(row, 0);
    if (found !== undefined) return found;
  }
  return undefined;
}
