import { makerOf } from '../computed/makers.ts';
import { parseExpression } from '../expression/index.ts';
import type { GivenValues } from '../external/given-values.ts';
import { needsJavaScript } from '../plan/needs-javascript.ts';
import type { Program, ProgramField } from '../plan/program.ts';
import { word } from '../random/mix.ts';
import type { StreamKeys } from '../random/stream-keys.ts';
import { referencesOf } from './references-of.ts';

export type JsonObject = Record<string, unknown>;

/** Fills in the values of one object that JavaScript makes; `first` says that running totals begin with it. */
type Filler = (row: JsonObject, index: number, first?: boolean) => void;

/**
 * A function that fills in the values of one object that JavaScript makes, given its row number; rows come in order.
 * @param given values of fields that are made outside; undefined: what stands in their place is left
 */
export function rowFiller(fields: readonly ProgramField[], keys: StreamKeys, given?: GivenValues): Filler {
  const made = inOrder(fields.filter((field) => needsJavaScript(field.program)));
  const steps = made.map((field) => stepOf(field, keys, given));
  return (row, index, first) => {
    for (const step of steps) step(row, index, first);
  };
}

function stepOf(field: ProgramField, keys: StreamKeys, given: GivenValues | undefined): Filler {
  const { name } = field;
  const program = bare(field.program);
  switch (program.kind) {
    case 'computed': {
      const make = makerOf(program.maker)(program.options);
      return (row) => {
        if (row[name] !== null) setOwn(row, name, make(row[name] as string));
      };
    }
    case 'selected':
      return selectedStep(name, program, keys, given);
    case 'running':
      return runningStep(field, program, keys);
    case 'derived':
      return derivedStep(field, program, keys);
    case 'external': {
      if (given === undefined) return () => undefined;
      const { path } = field;
      return (row, index) => {
        if (row[name] !== null) setOwn(row, name, given.value(path, index));
      };
    }
    case 'object': {
      const fill = rowFiller(program.fields, keys, given);
      return (row, index) => {
        if (row[name] !== null) fill(row[name] as JsonObject, index);
      };
    }
    case 'array': {
      const fill = rowFiller(program.fields, keys, given);
      const { stride } = program;
      return (row, index) => {
        (row[name] as JsonObject[] | null)?.forEach((child, i) => fill(child, index * stride + i, i === 0));
      };
    }
    case 'list': {
      // Each item stands in an object of its own, so that it is made like any field.
      const fill = rowFiller([{ ...program.item, name: '' }], keys, given);
      const { stride } = program;
      return (row, index) => {
        const items = row[name] as unknown[] | null;
        items?.forEach((item, i) => {
          const holder: JsonObject = { '': item };
          fill(holder, index * stride + i, i === 0);
          items[i] = holder[''];
        });
      };
    }
    default:
      throw new Error(`JavaScript makes no ${program.kind}`);
  }
}

function bare(program: Program): Program {
  return program.kind === 'nullable' || program.kind === 'unique' ? bare(program.program) : program;
}

function selectedStep(
  name: string,
  program: Extract<Program, { kind: 'selected' }>,
  keys: StreamKeys,
  given: GivenValues | undefined,
): Filler {
  const { by, cases } = program;
  const fill = rowFiller(cases, keys, given);
  const places = new Map(program.keys.map((key, index) => [key, cases[index]?.name ?? '']));
  const otherwise = cases.at(-1)?.name ?? '';
  return (row, index, first) => {
    const all = row[name] as JsonObject | null;
    if (all === null) return;
    fill(all, index, first);
    setOwn(row, name, all[places.get(String(row[by])) ?? otherwise]);
  };
}

function runningStep(
  field: ProgramField,
  { of, every }: Extract<Program, { kind: 'running' }>,
  keys: StreamKeys,
): Filler {
  const { name } = field;
  const isNull = nullTest(field, keys);
  let total = 0;
  return (row, index, first = index % every === 0) => {
    if (first) total = 0;
    const value = row[of];
    // Sums of decimals are cut to what a double holds for sure.
    if (typeof value === 'number') total = Number((total + value).toFixed(9));
    setOwn(row, name, isNull(index) ? null : total);
  };
}

function derivedStep(
  field: ProgramField,
  { expression }: Extract<Program, { kind: 'derived' }>,
  keys: StreamKeys,
): Filler {
  const parsed = parseExpression(expression);
  if (!parsed.ok) throw new Error('an expression of a plan no longer parses');
  const { name } = field;
  const isNull = nullTest(field, keys);
  return (row, index) => setOwn(row, name, isNull(index) ? null : parsed.value.evaluate(row));
}

/** Whether a nullable field is null in a row, as the kernel draws it. */
function nullTest({ program, path }: ProgramField, keys: StreamKeys): (index: number) => boolean {
  if (program.kind !== 'nullable') return () => false;
  const nullPath = `${path}\0null`;
  const threshold = BigInt(program.threshold);
  return (index) => word(keys.of(nullPath), BigInt(index), 0) >> 32n < threshold;
}

// A field may be called __proto__: JSON.parse made it an own property, and assignment to an own property keeps it one.
function setOwn(row: JsonObject, name: string, value: unknown): void {
  row[name] = value;
}

/** Nested and computed values first, then each after those it refers to. Circles were refused when the template was compiled. */
function inOrder(fields: readonly ProgramField[]): ProgramField[] {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const ordered = new Set<ProgramField>(
    fields.filter((field) => referencesOf(field.program).length === 0 && !isDerived(field)),
  );
  const visit = (field: ProgramField): void => {
    if (ordered.has(field)) return;
    for (const reference of referencesOf(field.program)) {
      const other = byName.get(reference);
      if (other !== undefined && other !== field) visit(other);
    }
    ordered.add(field);
  };
  for (const field of fields) visit(field);
  return [...ordered];
}

const isDerived = ({ program }: ProgramField): boolean => bare(program).kind === 'derived';
