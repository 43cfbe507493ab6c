import type { ExternalValues } from '../plan/external-values.ts';
import type { Plan } from '../plan/plan.ts';
import { fieldKey } from '../random/field-key.ts';
import { show } from '../template/diagnostic.ts';
import { oversized } from '../template/oversized.ts';
import { ExternalError } from './external-error.ts';
import { type ExternalField, type ExternalLevel, externalLevels } from './external-levels.ts';
import type { ExternalMaker } from './external-maker.ts';
import { type SeenObjects, SeenRows } from './seen-rows.ts';

/** Objects of a level with the values of their fields. */
interface Made {
  readonly level: ExternalLevel;
  readonly shown: SeenObjects;
  /** For each field its values, in the order of the objects. */
  readonly columns: readonly (readonly unknown[])[];
}

/**
 * The values of a plan that are made outside of the engine. They are made in blocks of rows, whatever pieces they are asked for in, each
 * once as long as it is asked for in order.
 */
export class ExternalColumns {
  readonly #plan: Plan;
  readonly #make: ExternalMaker;
  readonly #levels: readonly ExternalLevel[];
  readonly #end: number;
  #seen: SeenRows | undefined;
  #block: { readonly from: number; readonly to: number; readonly made: readonly Made[] } = { from: 0, to: 0, made: [] };
  #last: Promise<unknown> = Promise.resolve();

  /** @param end the row after the last that may be asked for */
  constructor(plan: Plan, make: ExternalMaker, end: number) {
    this.#plan = plan;
    this.#make = make;
    this.#levels = externalLevels(plan);
    this.#end = end;
  }

  /** The values of rows [from, to). What is asked for meanwhile waits its turn. @throws what the maker throws, ExternalError */
  values(from: number, to: number): Promise<ExternalValues> {
    const made = this.#last.then(() => this.#values(from, to));
    // Once it has failed, nothing that was asked for after is made.
    this.#last = made;
    made.catch(() => undefined);
    return made;
  }

  async #values(from: number, to: number): Promise<ExternalValues> {
    const found: Record<string, { indices: number[]; values: unknown[] }> = {};
    for (let row = from; row < to; row = Math.min(to, this.#block.to)) {
      if (row < this.#block.from || row >= this.#block.to) await this.#makeBlock(row);
      const end = Math.min(to, this.#block.to);
      for (const made of this.#block.made) addRows(made, row, end, found);
    }
    return found;
  }

  async #makeBlock(from: number): Promise<void> {
    this.#seen ??= new SeenRows(this.#plan);
    const to = Math.min(this.#end, from + this.#seen.batchRows);
    const objects = this.#seen.of(from, to);
    const made: Made[] = [];
    for (const level of this.#levels) {
      const shown = objects.get(level.path);
      if (shown === undefined) continue;
      const keys = level.fields.map(({ path }) => fieldKey(this.#plan.seed, `${path}\0external`));
      const columns = await this.#make({ ...shown, level, keys });
      level.fields.forEach((field, i) => check(field, columns[i] ?? [], shown));
      made.push({ level, shown, columns });
    }
    this.#block = { from, to, made };
  }
}

/** Adds the values of rows [from, to) of a block, which has its objects in the order of the rows. */
function addRows(
  { level, shown: { rows, indices }, columns }: Made,
  from: number,
  to: number,
  into: Record<string, { indices: number[]; values: unknown[] }>,
): void {
  const [first, last] = [placeOf(rows, from), placeOf(rows, to)];
  level.fields.forEach(({ path }, i) => {
    into[path] ??= { indices: [], values: [] };
    const column = into[path] as { indices: number[]; values: unknown[] };
    for (let at = first; at < last; at++) {
      column.indices.push(indices[at] as number);
      column.values.push(columns[i]?.[at]);
    }
  });
}

/** The first place of numbers in order that is not below one. */
function placeOf(numbers: readonly number[], least: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((numbers[middle] as number) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}

function check(field: ExternalField, values: readonly unknown[], { rows, objects }: SeenObjects): void {
  if (values.length !== objects.length)
    throw new Error(`${field.path} has ${values.length} of ${objects.length} values`);
  const isWrong = WRONG[String(field.options['returns'])];
  for (const [i, value] of values.entries()) {
    if (value === null) continue;
    const type = typeof value;
    const fault =
      isWrong?.(value) === true
        ? `is ${shown(value)}, and the field says that it returns ${String(field.options['returns'])}`
        : type === 'object' || type === 'string'
          ? oversized(value)
          : undefined;
    if (fault === undefined) continue;
    const row = rows[i] as number;
    throw new ExternalError(
      {
        code: isWrong?.(value) === true ? 'wrong_type' : 'value_too_large',
        pointer: field.pointer,
        message: `row ${row}: the value of ${show(field.name)} ${fault}`,
        hint: isWrong?.(value) === true ? 'convert the value, or change `returns`' : 'return less',
      },
      row,
    );
  }
}

const WRONG: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value !== 'string',
  number: (value) => typeof value !== 'number',
  integer: (value) => !Number.isSafeInteger(value),
  boolean: (value) => typeof value !== 'boolean',
};

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
