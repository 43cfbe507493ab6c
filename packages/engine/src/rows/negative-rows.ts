import { type EditContext, Editor } from '../negative/make/editor.ts';
import { Schedule } from '../negative/make/schedule.ts';
import type { ExternalValues } from '../plan/external-values.ts';
import type { Case, Label, NegativePlan } from '../plan/negative-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { constant, type Program, type ProgramField } from '../plan/program.ts';
import { JavaScriptRows } from './javascript-rows.ts';

type JsonObject = Record<string, unknown>;

/** How far back a right row is looked for, whose value is repeated. */
const LOOK_BACK = 32;

export interface LabelledRows {
  readonly rows: JsonObject[];
  /** Of the rows that have one, in order. */
  readonly labels: readonly Label[];
}

/**
 * Rows of which some are wrong on purpose. A row is the right row of its number with the value of one field put in place;
 * what was derived from that value is left as it was. Any range gives the same rows, whatever was made before.
 */
export class NegativeRows {
  readonly #negative: NegativePlan;
  #schedule: Schedule;
  readonly #base: JavaScriptRows;
  /** Rows without nulls, lists as long as they may be: what a value is taken from where the right row has none. */
  #full: JavaScriptRows | undefined;
  /** Makes them when the first is asked for: most ranges need none. */
  readonly #makeFull: () => JavaScriptRows;
  #seed: string;
  readonly #editor = new Editor();

  constructor(plan: Plan, negative: NegativePlan) {
    this.#negative = negative;
    this.#schedule = new Schedule(negative, plan.seed);
    this.#seed = plan.seed;
    const { fields } = plan;
    this.#base = new JavaScriptRows(plan, fields);
    const full = fields.map(filledUp);
    if (full.every((field, i) => field === fields[i])) this.#full = this.#base;
    this.#makeFull = () => new JavaScriptRows({ ...plan, seed: this.#seed }, full);
  }

  /** Bytes of memory held, or soon to be: full rows that are not made yet are taken to be as large as the right ones. */
  get byteSize(): number {
    return this.#base.byteSize + (this.#full === this.#base ? 0 : (this.#full ?? this.#base).byteSize);
  }

  /** From now on rows are those of this seed. */
  seed(seed: string): void {
    this.#schedule = new Schedule(this.#negative, seed);
    this.#seed = seed;
    this.#base.seed(seed);
    this.#full?.seed(seed);
  }

  /** From now on values of fields that are made outside are these. */
  give(values: ExternalValues | undefined): void {
    this.#base.give(values);
    this.#full?.give(values);
  }

  /** The most rows that should be held at once. */
  get batchRows(): number {
    return this.#base.batchRows;
  }

  /** Rows [from, to), with the column of labels where there is one. */
  rows(from: number, to: number): LabelledRows {
    const rows = this.#base.rows(from, to);
    const labels: Label[] = [];
    const { labelColumn } = this.#negative;
    rows.forEach((row, index) => {
      const label = this.#spoil(row, from + index);
      if (label !== undefined) labels.push(label);
      if (labelColumn !== undefined)
        Object.defineProperty(row, labelColumn, {
          value: label === undefined ? null : describe(label),
          enumerable: true,
        });
    });
    return { rows, labels };
  }

  #spoil(row: JsonObject, number: number): Label | undefined {
    const chosen = this.#schedule.caseOf(number);
    if (chosen === undefined) {
      if (number === 0) this.#fillRepeated(row);
      return undefined;
    }
    let drawn = 1;
    const draw = (below: number): number => this.#schedule.draw(number, drawn++, below);
    const { holder, path, steps } = this.#holderOf(chosen, row, number, draw);
    const context: EditContext = {
      draw,
      earlier: () => this.#earlier(chosen, number),
      items: () => walk(this.#fullRow(number), [...steps, chosen.name]) as readonly unknown[],
    };
    const value = this.#editor.edit(chosen.edit, holder[chosen.name], context);
    holder[chosen.name] = value;
    const { rule, variant, holds } = chosen;
    return { row: number, field: path, rule, variant, holds, value };
  }

  /** The object that has the field, made whole where the right row has a null or an empty list on the way. */
  #holderOf(
    { around, name }: Case,
    row: JsonObject,
    number: number,
    draw: (below: number) => number,
  ): { holder: JsonObject; path: string; steps: readonly (string | number)[] } {
    let holder = row;
    let spare: JsonObject | undefined;
    const spareHolder = (): JsonObject => {
      spare ??= this.#fullRow(number);
      return spare;
    };
    const steps: (string | number)[] = [];
    let path = '';
    for (const step of around) {
      let next = holder[step.name];
      const empty = Array.isArray(next) && next.length === 0;
      if (next === null || empty) {
        next = walk(spareHolder(), [...steps, step.name]);
        // A list that may be empty may have one item; how few items another has to have is not known here.
        if (empty) next = (next as unknown[]).slice(0, 1);
        holder[step.name] = next;
      }
      steps.push(step.name);
      path += `${path === '' ? '' : '.'}${step.name}`;
      if (step.list) {
        const index = draw((next as unknown[]).length);
        next = (next as unknown[])[index];
        steps.push(index);
        path += `[${index}]`;
      }
      holder = next as JsonObject;
    }
    if (holder[name] === null) holder[name] = walk(spareHolder(), [...steps, name]);
    return { holder, path: `${path === '' ? '' : `${path}.`}${name}`, steps };
  }

  #fullRow(number: number): JsonObject {
    this.#full ??= this.#makeFull();
    return this.#full.rows(number, number + 1)[0] as JsonObject;
  }

  /** The value of the field in a right row before: the nearest that has one, or row 0. */
  #earlier(chosen: Case, number: number): unknown {
    for (let row = number - 1; row > Math.max(0, number - LOOK_BACK); row--) {
      if (this.#schedule.caseOf(row) !== undefined) continue;
      const value = valueAt(chosen, this.#base.rows(row, row + 1)[0] as JsonObject);
      if (value !== undefined && value !== null) return value;
    }
    const first = this.#base.rows(0, 1)[0] as JsonObject;
    this.#fillRepeated(first);
    return valueAt(chosen, first);
  }

  /** Row 0 has a value wherever one may be repeated. */
  #fillRepeated(row: JsonObject): void {
    for (const one of this.#negative.cases) {
      if (one.edit.do === 'duplicate' && (valueAt(one, row) ?? null) === null) this.#holderOf(one, row, 0, () => 0);
    }
  }
}

/** What the column of labels says: `age: range (below min)`; at a bound also whether the rule holds. */
function describe({ field, rule, variant, holds }: Label): string {
  return `${field}: ${rule} (${variant})${holds ? ' holds' : ''}`;
}

const walk = (from: unknown, steps: readonly (string | number)[]): unknown =>
  steps.reduce<unknown>((value, step) => (value as JsonObject | null)?.[step], from);

/** The value of a field that is in no list. */
const valueAt = ({ around, name }: Case, row: JsonObject): unknown =>
  walk(row, [...around.map((step) => step.name), name]);

/** The field without nulls, its lists as long as they may be. Draws of the values within stay what they are. */
function filledUp(field: ProgramField): ProgramField {
  const program = filledProgram(field.program);
  return program === field.program ? field : { ...field, program };
}

function filledProgram(program: Program): Program {
  switch (program.kind) {
    case 'nullable':
      return filledProgram(program.program);
    case 'derived':
      // Its program sees the nulls that other fields have by themselves; JavaScript sees the row that there is.
      return program.compiled === undefined ? program : { kind: 'derived', expression: program.expression };
    case 'column':
    case 'unique': {
      const inner = filledProgram(program.program);
      return inner === program.program ? program : { ...program, program: inner };
    }
    case 'object':
    case 'array': {
      const fields = program.fields.map(filledUp);
      const same = fields.every((field, i) => field === program.fields[i]);
      if (program.kind === 'object') return same ? program : { ...program, fields };
      const fixed = program.count.op === 'const';
      return same && fixed ? program : { ...program, fields, count: constant(program.stride) };
    }
    default:
      return program;
  }
}
