import { makerOf } from '../computed/makers.ts';
import { type Expression, parseExpression } from '../expression/index.ts';
import { Kernel } from '../kernel/kernel.ts';
import { needsJavaScript } from '../plan/needs-javascript.ts';
import type { Plan } from '../plan/plan.ts';
import type { Program, ProgramField } from '../plan/program.ts';
import { fieldKey } from '../random/field-key.ts';
import { word } from '../random/mix.ts';
import { rowKernel } from './row-kernel.ts';

type Json = unknown;
type JsonObject = Record<string, Json>;

const decoder = new TextDecoder();

/** Rows made together: as many as fit, and no more than this. */
const MOST_ROWS = 1024;
const BATCH_BYTES = 16 * 1024 * 1024;

/**
 * Rows in which derived values are filled in: the kernel makes everything else of the fields concerned as JSON, then
 * expressions run over the parsed rows, children before parents and each after those it refers to.
 */
export class DerivedRows {
  /** How many rows make a batch of a reasonable size. */
  readonly batchRows: number;
  readonly #kernel: Kernel;
  readonly #fill: (row: JsonObject, index: number) => void;

  /** @param wanted the fields of the rows; default: those with derived values and what these refer to */
  constructor(plan: Plan, wanted?: readonly ProgramField[]) {
    const fields = (wanted ?? plan.fields).map((field) => ({ ...field, program: uncovered(field.program) }));
    const needed = wanted === undefined ? neededFields(fields) : fields;
    const { kernel } = rowKernel(plan, needed, { format: 'ndjson' });
    this.batchRows = Math.min(MOST_ROWS, Math.max(1, Math.floor(BATCH_BYTES / Math.max(1, kernel.maxRowBytes))));
    this.#kernel = new Kernel(kernel);
    this.#fill = filler(needed, plan.seed);
  }

  /** Rows [from, to) with the fields that columns need, derived ones among them. */
  rows(from: number, to: number): JsonObject[] {
    const rows: JsonObject[] = [];
    while (rows.length < to - from) {
      const { bytes } = this.#kernel.fill(from + rows.length, to - from - rows.length);
      const lines = decoder.decode(bytes).trimEnd().replaceAll('\n', ',');
      rows.push(...(JSON.parse(`[${lines}]`) as JsonObject[]));
    }
    rows.forEach((row, index) => this.#fill(row, from + index));
    return rows;
  }
}

const uncovered = (program: Program): Program => (program.kind === 'column' ? program.program : program);

/** The fields with derived values, and all top-level fields those refer to, in template order. */
function neededFields(fields: readonly ProgramField[]): ProgramField[] {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const needed = new Set<string>();
  const need = (name: string): void => {
    const field = byName.get(name);
    if (field === undefined || needed.has(name)) return;
    needed.add(name);
    const expression = expressionOf(field.program);
    for (const reference of expression?.references ?? []) need(reference);
  };
  for (const field of fields) if (needsJavaScript(field.program)) need(field.name);
  return fields.filter((field) => needed.has(field.name));
}

function expressionOf(program: Program): Expression | undefined {
  if (program.kind === 'nullable') return expressionOf(program.program);
  if (program.kind !== 'derived') return undefined;
  const parsed = parseExpression(program.expression);
  if (!parsed.ok) throw new Error('an expression of a plan no longer parses');
  return parsed.value;
}

/** A function that fills in the derived values of one object, given its row number. */
function filler(fields: readonly ProgramField[], seed: string): (row: JsonObject, index: number) => void {
  const steps: ((row: JsonObject, index: number) => void)[] = [];
  for (const field of fields) {
    if (expressionOf(field.program) !== undefined || !needsJavaScript(field.program)) continue;
    const computed = computedOf(field.program);
    steps.push(computed === undefined ? nestedStep(field, seed) : computedStep(field.name, computed));
  }
  for (const field of inOrder(fields)) steps.push(derivedStep(field, seed));
  return (row, index) => {
    for (const step of steps) step(row, index);
  };
}

function nestedStep(field: ProgramField, seed: string): (row: JsonObject, index: number) => void {
  const program = field.program.kind === 'nullable' ? field.program.program : field.program;
  if (program.kind !== 'object' && program.kind !== 'array') throw new Error('only objects hold other fields');
  const fill = filler(program.fields, seed);
  const { name } = field;
  if (program.kind === 'object') {
    return (row, index) => {
      if (row[name] !== null) fill(row[name] as JsonObject, index);
    };
  }
  const { stride } = program;
  return (row, index) => {
    (row[name] as JsonObject[] | null)?.forEach((child, i) => fill(child, index * stride + i));
  };
}

/** The computed program of a field, whatever is around it. */
function computedOf(program: Program): Extract<Program, { kind: 'computed' }> | undefined {
  if (program.kind === 'nullable' || program.kind === 'unique') return computedOf(program.program);
  return program.kind === 'computed' ? program : undefined;
}

function computedStep(
  name: string,
  { maker, options }: Extract<Program, { kind: 'computed' }>,
): (row: JsonObject) => void {
  const make = makerOf(maker)(options);
  return (row) => {
    const input = row[name];
    if (input !== null) setOwn(row, name, make(input as string));
  };
}

function derivedStep(field: ProgramField, seed: string): (row: JsonObject, index: number) => void {
  const expression = expressionOf(field.program);
  if (expression === undefined) throw new Error('not a derived field');
  const { name, program, path } = field;
  if (program.kind !== 'nullable') return (row) => setOwn(row, name, expression.evaluate(row));
  const key = fieldKey(seed, `${path}\0null`);
  const threshold = BigInt(program.threshold);
  return (row, index) => {
    const isNull = word(key, BigInt(index), 0) >> 32n < threshold;
    setOwn(row, name, isNull ? null : expression.evaluate(row));
  };
}

// A field may be called __proto__: JSON.parse made it an own property, and assignment to an own property keeps it one.
function setOwn(row: JsonObject, name: string, value: Json): void {
  row[name] = value;
}

/** Derived fields, each after those it refers to. Circles were refused when the template was compiled. */
function inOrder(fields: readonly ProgramField[]): ProgramField[] {
  const derived = new Map(
    fields.filter((field) => expressionOf(field.program) !== undefined).map((field) => [field.name, field]),
  );
  const ordered = new Set<ProgramField>();
  const visit = (field: ProgramField): void => {
    if (ordered.has(field)) return;
    for (const reference of expressionOf(field.program)?.references ?? []) {
      const other = derived.get(reference);
      if (other !== undefined && other !== field) visit(other);
    }
    ordered.add(field);
  };
  for (const field of derived.values()) visit(field);
  return [...ordered];
}
