import type { Program, TextKind } from '../plan/program.ts';
import type { CellEncoding } from './cell-encoding.ts';

/** What dates and times are written with; anything else is a text that stands in their place. */
const MOMENT = /^[-0-9T:.Z]+$/;
const NOTHING = { some: () => false, mayBeEmpty: false, mayBeginWith: () => false, mayEndWith: () => false };

/**
 * Writes whole values of a field into its cells as the kernel would: dates as dates of the format, amounts with all their
 * decimals. A value of another kind is written as what it is.
 */
export function cellWriter(encoding: CellEncoding, program: Program): (value: unknown) => string {
  const kind = program.kind === 'nullable' || program.kind === 'unique' ? program.program.kind : program.kind;
  if (kind === 'date' || kind === 'datetime' || kind === 'time') {
    // Serial numbers are the kernel's business: here a date is the text it is.
    return encoding.serialDates === true ? (value) => encoding.value(value) : momentWriter(encoding, kind);
  }
  const decimals = decimalsOf(program);
  if (decimals === undefined) return (value) => encoding.value(value);
  const { open, close } = encoding.text('decimal', NOTHING);
  return (value) => {
    if (typeof value !== 'number') return encoding.value(value);
    const written = value.toFixed(decimals);
    return Number(written) === value ? `${open}${written}${close}` : encoding.value(value);
  };
}

function momentWriter(encoding: CellEncoding, kind: TextKind): (value: unknown) => string {
  const { open, close, escape: escaped } = encoding.text(kind, NOTHING);
  return (value) =>
    typeof value === 'string' && MOMENT.test(value) ? `${open}${escaped(value)}${close}` : encoding.value(value);
}

/** Digits behind the point of a decimal. */
function decimalsOf(program: Program): number | undefined {
  if (program.kind === 'nullable' || program.kind === 'unique') return decimalsOf(program.program);
  if (program.kind !== 'decimal') return undefined;
  return program.body.find((piece) => piece.p === 'fixed')?.decimals;
}
