import { show } from '../template/diagnostic.ts';
import { applyKeyed, type Single } from './apply-strategy.ts';
import type { Fakes } from './fakes.ts';
import { nameOf, parentOf } from './field-path.ts';
import type { MaskKey } from './mask-key.ts';
import type { MaskProblems } from './mask-problems.ts';
import type { TokenEntry } from './mask-summary.ts';
import type { MaskRule } from './policy.ts';
import type { RuleState } from './rule-state.ts';
import type { Way } from './way.ts';

/** Masks texts, numbers and booleans by their rules, and keeps what tokens stand for. */
export class SingleMasker {
  readonly #key: MaskKey | undefined;
  readonly #fakes: Fakes;
  readonly #problems: MaskProblems;
  #tokens = new Map<string, TokenEntry>();

  constructor(key: MaskKey | undefined, fakes: Fakes, problems: MaskProblems) {
    this.#key = key;
    this.#fakes = fakes;
    this.#problems = problems;
  }

  /** Each token since the last time, once. */
  takeTokens(): readonly TokenEntry[] {
    const tokens = [...this.#tokens.values()];
    this.#tokens = new Map();
    return tokens;
  }

  /**
   * The value that stands for another.
   * @param place which of all fakes of the path it gets: the row, or for what is in a list, how many elements came before
   * @returns null where there is none; then a problem says why
   */
  mask(value: Single, path: string, state: RuleState, way: Way, place: number): unknown {
    const { rule } = state;
    state.values++;
    if (rule.strategy === 'preserve') return value;
    if (rule.strategy === 'redact') return rule.token;
    if (rule.strategy === 'replace') return this.#fake(value, path, state, way, place);
    if (this.#key === undefined) throw new Error('a keyed strategy without a key');
    const entity = this.#entityOf(rule, value, way);
    if (entity === undefined) {
      const message = `row ${way.row + 1}: ${show(path)} is shifted per ${show(rule.per)}, which has no value there`;
      this.#problems.add(
        'mask_missing_entity',
        way.row,
        path,
        message,
        'leave out `per`, or give every row the entity',
      );
      return null;
    }
    const applied = applyKeyed(rule, value, this.#key, entity);
    if (!applied.ok) {
      const message = `row ${way.row + 1}: ${show(path)} ${applied.why}, which strategy ${rule.strategy} does not fit`;
      this.#problems.add('mask_strategy_does_not_fit', way.row, path, message, applied.hint);
      return null;
    }
    if (applied.token !== undefined)
      this.#tokens.set(`${path}\0${applied.token}`, { field: path, token: applied.token, value });
    return applied.value;
  }

  #fake(value: Single, path: string, state: RuleState, way: Way, place: number): unknown {
    if (state.type === undefined) {
      const message = `row ${way.row + 1}: nothing says of which type fakes of ${show(path)} are`;
      this.#problems.add('mask_unknown_type', way.row, path, message, 'name it in the rule: `"type": "company"`');
      return null;
    }
    const fake = this.#fakes.at(path, place);
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
}
