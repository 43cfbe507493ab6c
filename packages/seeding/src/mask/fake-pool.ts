import type { Column, Value } from '@datamaker/connectors';
import { compileTemplate, generateRows, type MaskKey, parseTemplate, toHex } from '@datamaker/engine';
import { SeedError } from '../seed-error.ts';
import { MaskFailed } from './mask-failed.ts';
import type { OwnedColumn, Signature } from './signature.ts';

/** So many fakes of a kind there are; a name may be that of several people. */
const POOL = 20_000;

/** What "now" is to fakes: with the real one, the same value would become another tomorrow. */
const NOW = Date.UTC(2026, 0, 1);

/** Fakes of one type, from which the key picks one for each value. Nothing of the value is in them. */
export class FakePool {
  readonly #fakes: readonly Value[];
  readonly #key: MaskKey;

  private constructor(fakes: readonly Value[], key: MaskKey) {
    this.#fakes = fakes;
    this.#key = key;
  }

  /** @throws SeedError invalid_mask_policy, when there is no such type or it does not take these options */
  static async of(
    type: string,
    options: Readonly<Record<string, unknown>> | undefined,
    key: MaskKey,
    subject: string,
  ): Promise<FakePool> {
    const field = { name: 'fake', type, ...(options === undefined ? {} : { options }) };
    const template = parseTemplate({ fields: [field] });
    const seed = toHex(key.macOf('hash', `pool\0${type}`)).slice(0, 32);
    const plan = template.ok ? await compileTemplate(template.value, { seed, now: NOW }) : template;
    if (!plan.ok) {
      const [problem] = plan.diagnostics;
      throw new SeedError(
        'invalid_mask_policy',
        `${subject}: ${problem?.message ?? 'its fakes cannot be made'}`,
        problem?.hint,
      );
    }
    return new FakePool(
      generateRows(plan.value, 0, POOL).map((row) => row['fake'] as Value),
      key,
    );
  }

  /** The first that the column takes, from a place that the value and the key settle. */
  for(value: string | number | bigint, owned: OwnedColumn, signature: Signature): Value {
    const wanted = signature.of(value);
    const text = String(value);
    const mac = this.#key.macOf('token', `fake\0${text.normalize('NFC')}`);
    const start = new DataView(mac.buffer, mac.byteOffset).getUint32(0) % this.#fakes.length;
    for (let i = 0; i < this.#fakes.length; i++) {
      const fake = asColumn(this.#fakes[(start + i) % this.#fakes.length] ?? null, owned.column);
      if (fake !== undefined && String(fake) !== text && signature.of(fake) === wanted) return fake;
    }
    throw new MaskFailed(
      owned,
      'mask_strategy_does_not_fit',
      'no fake of its type fits the column',
      'name another `type`, or another strategy',
    );
  }
}

function asColumn(fake: Value, { kind, maxLength, scale }: Column): Value | undefined {
  if (fake === null || typeof fake === 'object') return undefined;
  switch (kind) {
    case 'text': {
      const text = String(fake);
      return maxLength === null || [...text].length <= maxLength ? text : undefined;
    }
    case 'integer':
      return Number.isSafeInteger(Number(fake)) ? Number(fake) : undefined;
    case 'decimal':
      return Number.isFinite(Number(fake)) ? Number(fake).toFixed(scale ?? 2) : undefined;
    case 'float':
      return Number.isFinite(Number(fake)) ? Number(fake) : undefined;
    default:
      return String(fake);
  }
}
