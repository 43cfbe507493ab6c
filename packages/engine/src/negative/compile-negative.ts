import type { Case, NegativePlan } from '../plan/negative-plan.ts';
import type { Program, ProgramField } from '../plan/program.ts';
import { type Diagnostic, failure, pointerTo, type Result, show, success } from '../template/diagnostic.ts';
import type { Field } from '../template/template.ts';
import { nearest } from '../text/nearest.ts';
import { boundsOfField, places } from './bounds-of-field.ts';
import { waysOfField } from './cases-of-field.ts';
import { constraintsOf } from './constraints.ts';
import type { NegativeOptions } from './negative-options.ts';
import { DEFAULT_LABEL_COLUMN } from './parse-negative.ts';

export interface NegativeContext {
  /** What `"now"` means, in milliseconds since the epoch. */
  readonly now: number;
  /** ISO 3166-1 code of the country of the field's locale; null where it has none. */
  country(field: Field): string | null;
}

/**
 * Finds all the ways in which rows of a template can be wrong. In mode `negative` the fields take turns, so that few rows
 * show many; in mode `boundary` the rows of a field follow each other, from the least value to the greatest.
 * @param programs of the fields, in the same order
 */
export function compileNegative(
  fields: readonly Field[],
  programs: readonly ProgramField[],
  options: NegativeOptions,
  context: NegativeContext,
): Result<NegativePlan> {
  const collector = new Collector(options, context);
  collector.fields(fields, programs, []);
  const diagnostics: Diagnostic[] = unknownFields(options.fields ?? [], collector.paths);
  const labelColumn = options.labelColumn === undefined ? DEFAULT_LABEL_COLUMN : (options.labelColumn ?? undefined);
  if (labelColumn !== undefined && fields.some((field) => field.name === labelColumn)) {
    diagnostics.push({
      code: 'duplicate_name',
      pointer: '/negative/label',
      message: `the template has a field ${show(labelColumn)} already`,
      hint: 'give the column of labels another name',
    });
  }
  const wanted = collector.cases.filter((one) => options.rules?.includes(one.rule) ?? true);
  const cases = options.mode === 'negative' ? inTurns(wanted) : wanted;
  if (diagnostics.length === 0 && cases.length === 0) diagnostics.push(nothingToBreak(options, collector.cases));
  if (diagnostics.length > 0) return failure(...diagnostics);
  const share = Math.round((options.share ?? 100) * 100);
  return success({ mode: options.mode, share, cases, labelColumn });
}

class Collector {
  readonly cases: Case[] = [];
  /** Names by which fields may be chosen. */
  readonly paths: string[] = [];
  readonly #options: NegativeOptions;
  readonly #context: NegativeContext;
  /** For the patterns of all fields together: a second or so. */
  readonly #work = { left: 5_000_000 };

  constructor(options: NegativeOptions, context: NegativeContext) {
    this.#options = options;
    this.#context = context;
  }

  fields(fields: readonly Field[], programs: readonly ProgramField[], around: Case['around']): void {
    fields.forEach((field, index) => {
      const program = programs[index]?.program;
      if (program !== undefined) this.#field(field, program, around);
    });
  }

  #field(field: Field, program: Program, around: Case['around']): void {
    const plain = [...around, field].map(({ name }) => name).join('.');
    this.paths.push(plain);
    const constraints = constraintsOf(field, program, this.#context.country(field), this.#context.now);
    const inner = structureOf(program);
    if (this.#isWanted(plain)) {
      const place = { field: pathOf(around, field.name), around, name: field.name };
      const inList = around.some((step) => step.list);
      const ways = this.#isNegative
        ? waysOfField(constraints, this.#options.typed ?? true, inList, this.#work).map((way) => ({
            ...way,
            holds: false,
          }))
        : boundsOfField(constraints);
      for (const way of [...ways, ...this.#countsOf(field, inner)]) this.cases.push({ ...place, ...way });
    }
    if (inner === undefined) return;
    const list = inner.kind === 'array';
    this.fields(field.nested?.fields ?? [], inner.fields, [...around, { name: field.name, list }]);
  }

  get #isNegative(): boolean {
    return this.#options.mode === 'negative';
  }

  #isWanted(path: string): boolean {
    const wanted = this.#options.fields;
    return wanted === undefined || wanted.some((name) => path === bare(name) || path.startsWith(`${bare(name)}.`));
  }

  /** Lists that are too short or too long. */
  #countsOf(field: Field, inner: Program | undefined): Pick<Case, 'rule' | 'variant' | 'holds' | 'edit'>[] {
    if (inner?.kind !== 'array' || field.nested === undefined) return [];
    const { min, max } = field.nested.count;
    // An item too many repeats one that is there, which must not break the rule that a value within may not repeat.
    const longest = field.nested.fields.some(holdsUnique) ? max : max + 1;
    return places(min, max, 'items')
      .filter(({ place }) => place >= 0 && place <= longest)
      .map(({ place, name }) => ({
        rule: 'length' as const,
        variant: this.#isNegative ? (place < min ? 'too few items' : 'too many items') : name,
        holds: place >= min && place <= max,
        edit: { do: 'count' as const, to: place },
      }))
      .filter(({ holds }) => !(this.#isNegative && holds));
  }
}

/** The first case of each field, then the second of each, and so on. */
function inTurns(cases: readonly Case[]): Case[] {
  const byField = Map.groupBy(cases, (one) => one.field);
  const most = Math.max(0, ...[...byField.values()].map((list) => list.length));
  return Array.from({ length: most }, (_, turn) => [...byField.values()].flatMap((list) => list[turn] ?? [])).flat();
}

const bare = (name: string): string => name.replaceAll('[]', '');
const holdsUnique = (field: Field): boolean => field.common.unique || (field.nested?.fields.some(holdsUnique) ?? false);

function structureOf(program: Program): Extract<Program, { kind: 'object' | 'array' }> | undefined {
  if (program.kind === 'nullable' || program.kind === 'unique' || program.kind === 'column')
    return structureOf(program.program);
  return program.kind === 'object' || program.kind === 'array' ? program : undefined;
}

const pathOf = (around: Case['around'], name: string): string =>
  [...around.map((step) => (step.list ? `${step.name}[]` : step.name)), name].join('.');

function unknownFields(wanted: readonly string[], known: readonly string[]): Diagnostic[] {
  return wanted.flatMap((name, index) => {
    if (known.includes(bare(name))) return [];
    const near = nearest(name, known);
    return [
      {
        code: 'unknown_field',
        pointer: pointerTo('/negative/fields', index),
        message: `the template has no field ${show(name)}`,
        hint: near === undefined ? `fields: ${known.slice(0, 20).join(', ')}` : `did you mean \`${near}\`?`,
      },
    ];
  });
}

function nothingToBreak({ mode, rules }: NegativeOptions, all: readonly Case[]): Diagnostic {
  const found = [...new Set(all.map((one) => one.rule))];
  const what = mode === 'boundary' ? 'bound' : 'rule';
  return found.length === 0
    ? {
        code: 'nothing_to_break',
        pointer: '/mode',
        message: `the fields have no ${what} that a row could ${mode === 'boundary' ? 'stand at' : 'break'}`,
        hint:
          mode === 'boundary'
            ? 'give a field `min` and `max`, a pattern or a list with a `count`'
            : 'derived fields and constants of null have no rules; choose other fields',
      }
    : {
        code: 'nothing_to_break',
        pointer: '/negative/rules',
        message: `no field has a rule of ${rules?.join(', ') ?? 'these'}`,
        hint: `rules of these fields: ${found.join(', ')}`,
      };
}
