import { parseExpression } from '../expression/index.ts';
import type { Column, ColumnType } from '../format/column.ts';
import type { Piece, Program, ProgramField } from '../plan/program.ts';
import { Lowering } from './lower.ts';
import { maxBytes } from './max-bytes.ts';
import { type Range, rangeOf } from './range.ts';
import { rawTexts } from './raw-texts.ts';

/** The columns of a table that holds these fields. */
export const columnsOf = (fields: readonly ProgramField[]): Column[] => fields.map(columnOf);

function columnOf(field: ProgramField): Column {
  const { type, nullable } = describe(field.program, field);
  return { name: field.name, type, nullable };
}

type Described = Omit<Column, 'name'>;

function describe(program: Program, field: ProgramField, unique?: bigint): Described {
  switch (program.kind) {
    case 'nullable':
      return { ...describe(program.program, field, unique), nullable: true };
    case 'unique':
      return describe(program.program, field, program.size);
    case 'column':
      return describe(program.program, field, unique);
    case 'derived':
      return { type: derivedType(program.expression), nullable: true };
    case 'either':
      throw new Error('a compiled expression stands in a derived field');
    case 'object':
      return { type: { kind: 'object', fields: columnsOf(program.fields) }, nullable: false };
    case 'array':
      return { type: { kind: 'list', fields: columnsOf(program.fields) }, nullable: false };
    case 'list':
    case 'document':
      return { type: { kind: 'json' }, nullable: false };
    case 'reference':
      return describe(program.program, { ...field, path: program.path });
    case 'running':
      return { type: { kind: 'number' }, nullable: true };
    case 'external':
      return { type: externalType(program.options['returns']), nullable: true };
    case 'computed':
    case 'selected':
      // Of several kinds, or not known before it is made.
      return { type: { kind: 'text', maxBytes: Number.POSITIVE_INFINITY }, nullable: true };
    case 'choice':
      return choiceType(program.values);
    case 'integer':
    case 'decimal':
      return { type: numberType(program.body, unique), nullable: false };
    case 'string': {
      const ops = new Lowering().field({ ...field, program }, rawTexts, new Lowering().scope(''));
      const variables = new Map<string, Range>(unique === undefined ? [] : [['unique', { lo: 0n, hi: unique - 1n }]]);
      return { type: { kind: 'text', maxBytes: maxBytes(ops, variables) }, nullable: false };
    }
    default:
      return { type: { kind: program.kind }, nullable: false };
  }
}

const INT64: Range = { lo: -(2n ** 63n), hi: 2n ** 63n - 1n };
/** Digits that 64 bits hold. */
const MOST_DIGITS = 18;

function numberType(body: readonly Piece[], unique: bigint | undefined): ColumnType {
  const variables = new Map<string, Range>(unique === undefined ? [] : [['unique', { lo: 0n, hi: unique - 1n }]]);
  const last = body.at(-1);
  for (const piece of body.slice(0, -1)) {
    if (piece.p !== 'let') return { kind: 'number' };
    variables.set(piece.name, rangeOf(piece.value, variables));
  }
  if (last?.p !== 'integer' && last?.p !== 'fixed') return { kind: 'number' };
  const { lo, hi } = rangeOf(last.value, variables);
  if (last.p === 'integer' || last.decimals === 0) {
    return { kind: 'integer', min: lo < INT64.lo ? INT64.lo : lo, max: hi > INT64.hi ? INT64.hi : hi };
  }
  const digits = Math.max(...[lo, hi].map((bound) => String(bound < 0n ? -bound : bound).length));
  const precision = Math.max(digits, last.decimals + 1);
  return precision > MOST_DIGITS ? { kind: 'number' } : { kind: 'decimal', precision, scale: last.decimals };
}

function derivedType(source: string): ColumnType {
  const parsed = parseExpression(source);
  const type = parsed.ok ? parsed.value.resultType : 'unknown';
  if (type === 'number' || type === 'boolean') return { kind: type };
  if (type === 'list' || type === 'object') return { kind: 'json' };
  return { kind: 'text', maxBytes: Number.POSITIVE_INFINITY };
}

/** What a program outside says that it returns. */
function externalType(returns: unknown): ColumnType {
  if (returns === 'number' || returns === 'boolean' || returns === 'json') return { kind: returns };
  if (returns === 'integer') return { kind: 'integer', min: -(2n ** 53n), max: 2n ** 53n };
  return { kind: 'text', maxBytes: Number.POSITIVE_INFINITY };
}

/** What all of some values are. */
function choiceType(values: readonly unknown[]): Described {
  const given = values.filter((value) => (value ?? null) !== null);
  const nullable = given.length < values.length;
  const all = (test: (value: unknown) => boolean): boolean => given.length > 0 && given.every(test);
  if (all((value) => typeof value === 'boolean')) return { type: { kind: 'boolean' }, nullable };
  if (all(Number.isSafeInteger)) {
    const numbers = given.map((value) => BigInt(value as number));
    const [min, max] = [numbers.reduce((a, b) => (b < a ? b : a)), numbers.reduce((a, b) => (b > a ? b : a))];
    return { type: { kind: 'integer', min, max }, nullable };
  }
  if (all((value) => typeof value === 'number')) return { type: { kind: 'number' }, nullable };
  if (all((value) => typeof value === 'object')) return { type: { kind: 'json' }, nullable };
  const lengths = given.map(
    (value) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)).length,
  );
  return { type: { kind: 'text', maxBytes: lengths.reduce((a, b) => Math.max(a, b), 0) }, nullable };
}
