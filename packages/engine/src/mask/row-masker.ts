import { show } from '../template/diagnostic.ts';
import type { Single } from './apply-strategy.ts';
import { child, isInside, listOf } from './field-path.ts';
import { isObject } from './is-object.ts';
import type { MaskProblems } from './mask-problems.ts';
import type { RuleState } from './rule-state.ts';
import type { SensitiveFields } from './sensitive-fields.ts';
import type { SingleMasker } from './single-masker.ts';
import type { Way } from './way.ts';

type Row = Record<string, unknown>;

/** Deeper values than this are refused before recursion exhausts the stack. */
const MAX_DEPTH = 100;

/** Walks through rows, one by one in order, and masks what has a rule. What has none is looked at for personal data. */
export class RowMasker {
  readonly #states: ReadonlyMap<string, RuleState>;
  readonly #sensitive: SensitiveFields;
  readonly #singles: SingleMasker;
  readonly #problems: MaskProblems;
  /** Elements so far of each list that has a field to replace. */
  readonly #elements = new Map<string, number>();

  constructor(
    states: ReadonlyMap<string, RuleState>,
    sensitive: SensitiveFields,
    singles: SingleMasker,
    problems: MaskProblems,
  ) {
    this.#states = states;
    this.#sensitive = sensitive;
    this.#singles = singles;
    this.#problems = problems;
  }

  /** A row masked. @param index of the row, counted from 0 over all batches */
  mask(row: unknown, index: number): Row {
    if (isObject(row)) return this.#object(row, '', { row: index, holders: [] }, 0);
    this.#problems.add(
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
          this.#problems.add(
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
      this.#problems.add('mask_too_deep', way.row, '', message, 'flatten the rows');
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
      this.#problems.add('mask_invalid_value', way.row, path, message, 'write dates as texts, bytes as base64');
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
      this.#problems.add('mask_strategy_does_not_fit', way.row, path, message, `name what is in it: ${show(example)}`);
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
    const list = listOf(path);
    return this.#singles.mask(value, path, state, way, list === '' ? way.row : (this.#elements.get(list) ?? 0));
  }

  /** What a null, an empty list or a redacted object would hold is not missing. */
  #markInside(path: string): void {
    for (const state of this.#states.values()) if (isInside(state.rule.field, path)) state.seen = true;
  }
}

/** Lists and plain objects; a Date or a Map would lose what it holds. */
function isJson(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || prototype === Object.prototype;
}
