import { drawSeed } from '../compile/draw-seed.ts';
import { failure, type Result, show, success } from '../template/diagnostic.ts';
import { detectByName } from './detect.ts';
import { type FakeSpec, Fakes } from './fakes.ts';
import { nameOf } from './field-path.ts';
import { firstValue } from './first-value.ts';
import type { KnownField } from './known-fields.ts';
import { MaskKey } from './mask-key.ts';
import type { MaskOptions } from './mask-options.ts';
import { MAX_DIAGNOSTICS, MaskProblems } from './mask-problems.ts';
import type { MaskedBatch, MaskSummary } from './mask-summary.ts';
import type { MaskPolicy } from './policy.ts';
import { RowMasker } from './row-masker.ts';
import type { RuleState } from './rule-state.ts';
import type { SensitiveFields } from './sensitive-fields.ts';
import { SingleMasker } from './single-masker.ts';
import { typeFor, typeForValue } from './type-of-fakes.ts';

/** Masks rows batch by batch, in order; made by `createMasker`. Holds no row beyond its batch. */
export class Masker {
  readonly #states: ReadonlyMap<string, RuleState>;
  readonly #known: ReadonlyMap<string, KnownField>;
  readonly #sensitive: SensitiveFields;
  readonly #fakes: Fakes;
  readonly #problems = new MaskProblems();
  readonly #singles: SingleMasker;
  readonly #rowMasker: RowMasker;
  #rows = 0;
  #failed = false;

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
    this.#fakes = new Fakes(seed ?? drawSeed());
    this.#singles = new SingleMasker(key === undefined ? undefined : new MaskKey(key), this.#fakes, this.#problems);
    this.#rowMasker = new RowMasker(this.#states, sensitive, this.#singles, this.#problems);
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
    const masked = rows.map((row, i) => this.#rowMasker.mask(row, this.#rows + i));
    const problems = [...this.#sensitive.takeUnnamed(), ...this.#problems.take()];
    if (problems.length > 0) return failure(...problems.slice(0, MAX_DIAGNOSTICS));
    this.#rows += rows.length;
    this.#failed = false;
    return success({ rows: masked, tokens: this.#singles.takeTokens() });
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
}
