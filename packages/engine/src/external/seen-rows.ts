import type { Plan } from '../plan/plan.ts';
import type { Program, ProgramField } from '../plan/program.ts';
import { JavaScriptRows } from '../rows/javascript-rows.ts';
import { neededFields } from '../rows/needed-fields.ts';
import type { JsonObject } from '../rows/row-filler.ts';
import { bareExternal, externalLevels, fieldsWithin, isExternalWithin } from './external-levels.ts';

/** The objects of some rows that have fields which are made outside. */
export interface SeenObjects {
  /** The number of each on its own level, which is what draws are keyed by. */
  readonly indices: number[];
  /** The row of the template that each is in. */
  readonly rows: number[];
  /** What is shown of each; fields that are made outside are null where they are to be null, else true. */
  readonly objects: JsonObject[];
}

type Names = ReadonlyMap<string, ReadonlySet<string>>;

/** Makes what is shown to programs outside: the fields that they see, and no others. */
export class SeenRows {
  readonly #fields: readonly ProgramField[];
  readonly #rows: JavaScriptRows;
  /** What is shown of the objects of each level; other fields are there because these are made from them. */
  readonly #names: Names;

  constructor(plan: Plan) {
    this.#fields = shownOf(plan.fields);
    this.#names = new Map(
      externalLevels(plan).map(({ path, fields }) => [
        path,
        new Set(fields.flatMap(({ name, sees }) => [name, ...sees])),
      ]),
    );
    this.#rows = new JavaScriptRows(plan, this.#fields, 'left');
  }

  /** How many rows make a batch of a reasonable size. */
  get batchRows(): number {
    return this.#rows.batchRows;
  }

  /** What is shown of rows [from, to), by the paths of the levels. */
  of(from: number, to: number): ReadonlyMap<string, SeenObjects> {
    const found = new Map<string, SeenObjects>();
    this.#rows
      .rows(from, to)
      .forEach((row, i) => gather(row, this.#fields, '', from + i, from + i, found, this.#names));
    return found;
  }
}

function gather(
  holder: JsonObject,
  fields: readonly ProgramField[],
  path: string,
  index: number,
  row: number,
  into: Map<string, SeenObjects>,
  names: Names,
): void {
  const shown: JsonObject = {};
  const own = names.get(path);
  for (const { name, path: place, program } of fields) {
    const within = isExternalWithin(program) ? fieldsWithin(program) : undefined;
    if (within !== undefined) {
      gatherWithin(holder[name], program, within, place, index, row, into, names);
      continue;
    }
    if (own?.has(name) !== true) continue;
    // A name such as __proto__ is a name like any other.
    Object.defineProperty(shown, name, { value: holder[name], enumerable: true });
  }
  if (own === undefined) return;
  let level = into.get(path);
  if (level === undefined) {
    level = { indices: [], rows: [], objects: [] };
    into.set(path, level);
  }
  level.indices.push(index);
  level.rows.push(row);
  level.objects.push(shown);
}

function gatherWithin(
  value: unknown,
  program: Program,
  fields: readonly ProgramField[],
  path: string,
  index: number,
  row: number,
  into: Map<string, SeenObjects>,
  names: Names,
): void {
  if (value === null || value === undefined) return;
  switch (program.kind) {
    case 'nullable':
    case 'column':
      return gatherWithin(value, program.program, fields, path, index, row, into, names);
    case 'list': {
      const { item, stride } = program;
      return (value as unknown[]).forEach((one, i) =>
        gatherWithin(one, item.program, fields, item.path, index * stride + i, row, into, names),
      );
    }
    case 'array':
      return (value as JsonObject[]).forEach((child, i) =>
        gather(child, fields, path, index * program.stride + i, row, into, names),
      );
    default:
      gather(value as JsonObject, fields, path, index, row, into, names);
  }
}

/** The fields of an object that are shown, with those that they are made of, and what has others within. */
function shownOf(fields: readonly ProgramField[]): ProgramField[] {
  const wanted = fields.flatMap((field) => {
    const external = bareExternal(field.program);
    if (external !== undefined) return [field, ...external.sees.map((name) => ({ name }))];
    return isExternalWithin(field.program) ? [field] : [];
  });
  return neededFields(fields, wanted).map((field) =>
    isExternalWithin(field.program) ? { ...field, program: shownWithin(field.program) } : field,
  );
}

function shownWithin(program: Program): Program {
  switch (program.kind) {
    case 'nullable':
    case 'column':
      return { ...program, program: shownWithin(program.program) };
    case 'object':
    case 'array':
      return { ...program, fields: shownOf(program.fields) };
    case 'list':
      return { ...program, item: { ...program.item, program: shownWithin(program.item.program) } };
    default:
      return program;
  }
}
