import type { Column, Value } from '@datamaker/connectors';
import { applyKeyed, type MaskKey, type MaskRule, preserveAddress, preserveFormat, shiftDate } from '@datamaker/engine';
import type { FakePool } from './fake-pool.ts';
import { MaskFailed } from './mask-failed.ts';
import type { OwnedColumn, Signature } from './signature.ts';

/** Steps until a value is back among those that its rules allow. More means that almost no other value is. */
const MOST_STEPS = 10_000;
/** Values are often the same: of parents, of countries. */
const MEMORY = 20_000;

const UNFIT = 'mask_strategy_does_not_fit';

type Single = string | number | bigint;

export interface ValueMaskParts {
  readonly rule: MaskRule;
  /** Undefined where no strategy needs it. */
  readonly key: MaskKey | undefined;
  readonly signature: Signature;
  readonly fakes: FakePool | undefined;
}

/** What becomes of values of one group of columns: the same of the same, in all of them. */
export class ValueMask {
  readonly rule: MaskRule;
  readonly #parts: ValueMaskParts;
  readonly #known = new Map<Value, Value>();

  constructor(parts: ValueMaskParts) {
    this.rule = parts.rule;
    this.#parts = parts;
  }

  /**
   * @param entity what `per` leads to in the row
   * @throws MaskFailed, which tells nothing of the value
   */
  mask(value: Value, owned: OwnedColumn, entity: Value | undefined): Value {
    if (value === null || this.rule.strategy === 'preserve') return value;
    if (Array.isArray(value) && owned.column.kind !== 'json') {
      return (value as readonly Value[]).map((element) => this.mask(element, owned, entity));
    }
    if (this.rule.strategy === 'redact') return redacted(this.rule.token, owned.column);
    if (typeof value === 'object' || typeof value === 'boolean') {
      throw new MaskFailed(owned, UNFIT, `a value is none that ${this.rule.strategy} fits`);
    }
    if (owned.column.isPadded && typeof value === 'string') {
      const bare = value.replace(/ +$/, '');
      const masked = this.#remembered(bare, owned, entity);
      return typeof masked === 'string' ? masked.padEnd(owned.column.maxLength ?? 0) : masked;
    }
    return this.#remembered(value, owned, entity);
  }

  /** Lets go of what is remembered to save time. */
  forget(): void {
    this.#known.clear();
  }

  #remembered(value: Single, owned: OwnedColumn, entity: Value | undefined): Value {
    if (entity !== undefined) return this.#single(value, owned, entity);
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const masked = this.#single(value, owned, undefined);
    if (this.#known.size >= MEMORY) this.#known.clear();
    this.#known.set(value, masked);
    return masked;
  }

  #single(value: Single, owned: OwnedColumn, entity: Value | undefined): Value {
    const { fakes, key } = this.#parts;
    if (key === undefined) throw new Error('a keyed strategy without a key');
    switch (this.rule.strategy) {
      case 'replace': {
        if (fakes === undefined) throw new Error('no fakes');
        return fakes.for(value, owned, this.#parts.signature);
      }
      case 'shift':
        return this.#shifted(value, owned, key, entity);
      case 'format-preserve':
        return this.#walk(value, owned, key);
      default: {
        const applied = applyKeyed(this.rule, value, key, '');
        if (applied.ok) return applied.value as Value;
        throw new MaskFailed(owned, UNFIT, `a value ${applied.why}`, applied.hint);
      }
    }
  }

  /** Black and Rogaway, "Ciphers with arbitrary finite domains" (2002), 3: cycle walking. */
  #walk(value: Single, owned: OwnedColumn, key: MaskKey): Value {
    // No number of anybody: not a number, or without end.
    if (isNumeric(owned.column) && !/\d/.test(String(value))) return value;
    const { signature } = this.#parts;
    const wanted = signature.of(value);
    let image: Single = value;
    for (let step = 0; step < MOST_STEPS; step++) {
      image = once(image, owned, key);
      if (signature.of(image) === wanted) return image;
    }
    const message = 'no other value of the same form is allowed by its type and CHECK constraints';
    throw new MaskFailed(owned, UNFIT, message, 'choose another strategy');
  }

  #shifted(value: Single, owned: OwnedColumn, key: MaskKey, entity: Value | undefined): Value {
    const { signature } = this.#parts;
    const { days, format } = this.rule;
    const text = String(value);
    // No day of anybody: the end of time, and the zero date of MySQL.
    if (/^(?:-?infinity|0000-00-00(?:[T ]00:00:00Z?)?)$/.test(text)) return text;
    const wanted = signature.of(value);
    const base = entity === undefined ? `value\0${text}` : `entity\0${String(entity)}`;
    for (let step = 0; step < MOST_STEPS; step++) {
      const image = shiftDate(key, text, step === 0 ? base : `${base}\0${step}`, { reach: days, format });
      if (image === undefined) {
        const how = format === undefined ? 'no ISO date or moment' : `no date written ${format}`;
        throw new MaskFailed(
          owned,
          UNFIT,
          `a value is ${how}`,
          'say how it is written with `format`, or choose another strategy',
        );
      }
      if (signature.of(image) === wanted) return image;
    }
    const message = `no day within ${days} days is allowed by its CHECK constraints`;
    throw new MaskFailed(owned, UNFIT, message, 'give `days` more, or choose another strategy');
  }
}

/** Another value of the same form, as the column takes it. */
function once(value: Single, owned: OwnedColumn, key: MaskKey): Single {
  const text = String(value);
  if (isNumeric(owned.column) && !/^-?\d+(?:\.\d+)?$/.test(text)) {
    throw new MaskFailed(owned, UNFIT, 'a value is a number with an exponent', 'use preserve');
  }
  const image = owned.column.kind === 'ip' ? preserveAddress(key, text) : preserveFormat(key, text, 'letters');
  if (image === undefined) {
    throw new MaskFailed(owned, UNFIT, 'a value is a date', 'use shift, which gives a date again');
  }
  if (typeof value === 'string') return image;
  const number = Number(image);
  // As sessions give it: a number where doubles have it.
  if (/^-?\d+$/.test(image)) return Number.isSafeInteger(number) ? number : BigInt(image);
  if (String(number) === image) return number;
  throw new MaskFailed(owned, UNFIT, 'a value is a number of more than 15 digits', 'use preserve');
}

const isNumeric = ({ kind }: Column): boolean => kind === 'integer' || kind === 'decimal' || kind === 'float';

function redacted(token: string, { kind, isPadded, maxLength }: Column): Value {
  if (kind !== 'binary') return token;
  const bytes = new TextEncoder().encode(token);
  if (!isPadded || maxLength === null || bytes.length >= maxLength) return bytes;
  // As it is filled up by the database.
  const filled = new Uint8Array(maxLength);
  filled.set(bytes);
  return filled;
}
