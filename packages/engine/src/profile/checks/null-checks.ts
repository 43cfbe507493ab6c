import { rangeOf } from '../../kernel/range.ts';
import type { Program } from '../../plan/program.ts';
import { programShares } from '../expected/program-shares.ts';
import type { FieldStats } from '../field-stats.ts';
import type { Check } from '../profile.ts';
import type { PromisedField } from '../promised-fields.ts';
import { weightsOfEnum } from './enum-shares.ts';
import { within } from './make-check.ts';
import { shareTolerance } from './tolerance.ts';

/** The share of nulls; that of expressions, and of what depends on another field, is theirs to decide. */
export function nullChecks(promised: PromisedField, stats: FieldStats): Check[] {
  const share = promised.program === undefined ? ofOptions(promised) : ofProgram(promised.program);
  if (share === undefined) return [];
  return [within('null_share', 'share of nulls', share, stats.nulls / stats.count, shareTolerance(share, stats.count))];
}

function ofOptions({ field }: PromisedField): number | undefined {
  const { type, options, common, nested, parts } = field;
  if (field.expression !== undefined || parts !== undefined || nested?.ended === true) return undefined;
  const p = common.nullPercentage / 100;
  switch (type.key) {
    case 'null':
      return 1;
    case 'constant':
      return options['value'] === null ? 1 : p;
    case 'enum':
      return weightsOfEnum(options).reduce(
        (sum, { value, share }) => (value === null ? sum + (1 - p) * share : sum),
        p,
      );
    case 'sample':
    case 'blank':
      return undefined;
    // Values of any other type are never null by themselves.
    default:
      return p;
  }
}

function ofProgram(program: Program): number | undefined {
  switch (program.kind) {
    case 'nullable': {
      const inner = ofProgram(program.program);
      const p = program.threshold / 2 ** 32;
      return inner === undefined ? undefined : p + (1 - p) * inner;
    }
    case 'unique':
    case 'column':
      return ofProgram(program.program);
    case 'choice': {
      const { values, index } = program;
      if (!values.includes(null)) return 0;
      if (values.every((value) => value === null)) return 1;
      const { lo, hi } = rangeOf(index, new Map([['unique', { lo: 0n, hi: BigInt(values.length) - 1n }]]));
      return lo === hi ? Number(values[Number(lo)] === null) : programShares(program)?.get('null');
    }
    case 'reference':
      return ofProgram(program.program) === 0 ? 0 : undefined;
    case 'selected':
      return program.cases.every((one) => ofProgram(one.program) === 0) ? 0 : undefined;
    case 'derived':
    case 'external':
      return undefined;
    default:
      return 0;
  }
}
