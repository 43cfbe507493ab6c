import { ExpressionError, type ExpressionErrorCode } from './errors.ts';
import { MAX_TEXT_LENGTH, STEP_COMPARISONS, STEP_TEXT } from './limits.ts';
import { toValue, type Value } from './value.ts';

/**
 * One evaluation: what is left of its fuel, and the place in the source that errors name. Whoever loops or makes text
 * pays here first, which is what bounds every evaluation.
 */
export class Evaluation {
  #fuel: number;
  /** Set by the compiled node before it hands over to a function. */
  offset = 0;

  constructor(fuel: number) {
    this.#fuel = fuel;
  }

  /** Pays for `steps`. Written so that a fuel of NaN is no fuel. */
  charge(steps: number): void {
    this.#fuel -= steps;
    if (!(this.#fuel >= 0)) this.#exhausted();
  }

  /** Pays for reading `length` code units of text. */
  chargeText(length: number): void {
    if (length >= STEP_TEXT) this.charge(Math.floor(length / STEP_TEXT));
  }

  /** Pays for looking for a text in another: engines take up to `length * wanted` comparisons. */
  chargeSearch(length: number, wanted: number): void {
    const comparisons = Math.max(0, length - wanted + 1) * wanted;
    if (comparisons >= STEP_COMPARISONS) this.charge(Math.floor(comparisons / STEP_COMPARISONS));
  }

  /** Pays for making a text of `length` code units; to be asked before it is made. */
  allowText(length: number): void {
    if (length > MAX_TEXT_LENGTH) {
      this.fail(
        'expression_cost_exceeded',
        `the text would be longer than ${MAX_TEXT_LENGTH} characters`,
        'make it shorter, for example with left(…)',
      );
    }
    this.chargeText(length);
  }

  /** A text that is already made, paid for. */
  text(value: string): string {
    this.allowText(value.length);
    return value;
  }

  fail(code: ExpressionErrorCode, message: string, hint: string): never {
    throw new ExpressionError(code, this.offset, message, hint);
  }

  /** An own property or element as a value; null when there is none. Never looks at a prototype. */
  read(object: object, key: string | number): Value {
    if (!Object.hasOwn(object, key)) return null;
    return this.admit((object as Record<string | number, unknown>)[key]);
  }

  /** A value of the host, or an error when it is not JSON. */
  admit(raw: unknown): Value {
    const value = toValue(raw);
    if (value !== undefined) return value;
    return this.fail(
      'expression_type',
      'the row holds something here that is no JSON value',
      'rows are made of null, true and false, finite numbers, text, lists and objects',
    );
  }

  #exhausted(): never {
    this.fail(
      'expression_cost_exceeded',
      'the expression takes more steps for one row than it may',
      'use shorter lists or texts, or divide the work over several fields',
    );
  }
}
