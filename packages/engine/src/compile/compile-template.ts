import { withSeen } from '../external/with-seen.ts';
import { localeCodes } from '../locales/load-locale.ts';
import { nearestLocale } from '../locales/nearest-locale.ts';
import { compileNegative, type NegativeOptions } from '../negative/index.ts';
import { needsJavaScript } from '../plan/needs-javascript.ts';
import type { Plan } from '../plan/plan.ts';
import { add, constant, type Int, mod, type Program, type ProgramField, row } from '../plan/program.ts';
import { responseValues } from '../responses/response-values.ts';
import { isResponse, type Responses, responseKey } from '../responses/responses.ts';
import { type Diagnostic, failure, pointerTo, type Result, show, success } from '../template/diagnostic.ts';
import { MAX_ROW_BYTES } from '../template/limits.ts';
import type { CommonOptions, Field, Part, Template } from '../template/template.ts';
import type { LocaleLists } from '../types/locale-lists.ts';
import { countOf } from '../types/text/running-text.ts';
import { Clock } from './clock.ts';
import { compileDerived } from './derived/compile-derived.ts';
import { settledField } from './derived/settled-field.ts';
import { uncompiled } from './derived/uncompiled.ts';
import { checkDerivedOrder } from './derived-order.ts';
import { drawSeed } from './draw-seed.ts';
import { checkExternalUses } from './external-uses.ts';
import { fieldContext } from './field-context.ts';
import { innerFields } from './inner-fields.ts';
import { largestRow } from './largest-row.ts';
import { listsOf } from './lists-of.ts';
import { referencedRow } from './reference-row.ts';
import { Weightings } from './weightings.ts';

export interface CompileOptions {
  /** Default: drawn at random; the plan tells which. */
  readonly seed?: string;
  /** How many rows will be asked for, so that unique fields that cannot give as many are refused. */
  readonly rows?: number;
  /** What `"now"` means, in milliseconds since the epoch; default: now. */
  readonly now?: number;
  /** Makes rows wrong on purpose; default: right rows. */
  readonly negative?: NegativeOptions;
  /**
   * Rows that were fetched for fields that pick from the answers of systems, see `responsesOf`; `unknown`: they are not fetched
   * now, and such fields are null. Default: such fields are refused.
   */
  readonly responses?: Responses | 'unknown';
  /** Fields that the caller has made outside of the engine (see `ExternalMaker`). Default: none, and such fields are refused. */
  readonly external?: readonly 'python'[];
}

const DEFAULT_LOCALE = 'en';

/** Compiles a parsed template into a plan. What can only be known now is diagnosed now: locales, unique fields' room, size. */
export async function compileTemplate(template: Template, options: CompileOptions = {}): Promise<Result<Plan>> {
  const diagnostics: Diagnostic[] = [];
  const lists = await loadLists(template.fields, diagnostics);
  if (diagnostics.length > 0) return failure(...diagnostics);
  const now = options.now ?? Date.now();
  const clock = new Clock(now);
  const compiler = new Compiler(lists, clock, diagnostics, options);
  checkDerivedOrder(template.fields, diagnostics);
  if (options.external !== undefined) checkExternalUses(template.fields, options.negative !== undefined, diagnostics);
  const programs = template.fields.map((field) => compiler.field(field, ''));
  if (diagnostics.length > 0) return failure(...diagnostics);
  const compiled = asColumns(withSeen(compileDerived(programs)).map(settledField));
  // What JavaScript makes takes no room in the kernel.
  const fields = largestRow(compiled) > MAX_ROW_BYTES ? asColumns(compiled.map(withoutCompiled)) : compiled;
  const capacity = compiler.tightest();
  if (options.rows !== undefined && options.rows > capacity.rows && capacity.field !== undefined) {
    return failure(notEnough(capacity.field, capacity.rows, options.rows));
  }
  const widest = largestRow(fields);
  if (widest > MAX_ROW_BYTES) {
    const message = `a row could take ${Math.ceil(widest / 1048576)} MiB; the limit is ${MAX_ROW_BYTES / 1048576} MiB`;
    return failure({
      code: 'row_too_large',
      pointer: '/fields',
      message,
      hint: 'lower the counts of nested lists or texts',
    });
  }
  const sensitive = template.fields.filter(isSensitive).map((field) => field.name);
  const seed = options.seed ?? drawSeed();
  const dependsOnNow = clock.dependence;
  const plan: Plan = {
    name: template.name,
    seed,
    fields,
    capacity: capacity.rows,
    largestRow: widest,
    sensitive,
    ...(dependsOnNow === undefined ? {} : { dependsOnNow }),
  };
  if (options.negative === undefined) return success(Object.freeze(plan));
  const country = (field: Field): string | null => lists.get(listsKey(field.common))?.data.country ?? null;
  const negative = compileNegative(template.fields, programs, options.negative, { now, country });
  return negative.ok ? success(Object.freeze({ ...plan, negative: negative.value })) : negative;
}

const isSensitive = (field: Field): boolean => field.common.sensitive || innerFields(field).some(isSensitive);

function notEnough(field: Field, rows: number, wanted: number): Diagnostic {
  return {
    code: 'unique_exhausted',
    pointer: `${field.pointer}/options/unique`,
    message: `${show(field.name)} can give ${rows} distinct values, fewer than the ${wanted} asked for`,
    hint: `ask for at most ${rows} rows, widen the field's options, or leave out \`unique\``,
  };
}

/** Fields of one locale and weighting have the same lists. */
const listsKey = ({ locale = DEFAULT_LOCALE, weighting }: CommonOptions): string => `${weighting} ${locale}`;

/** The lists of every locale that the fields name, for each weighting that they have. */
async function loadLists(
  fields: readonly Field[],
  diagnostics: Diagnostic[],
): Promise<ReadonlyMap<string, LocaleLists>> {
  const lists = new Map<string, LocaleLists>();
  const visit = async (field: Field): Promise<void> => {
    const code = field.common.locale ?? DEFAULT_LOCALE;
    const key = listsKey(field.common);
    if (!lists.has(key)) {
      const known = await listsOf(code, field.common.weighting);
      if (known === undefined) {
        const near = nearestLocale(code);
        const all = `\`datamaker locales\` lists all ${localeCodes().length}`;
        const hint = near === undefined ? `${all}, such as de_DE` : `did you mean ${near}? ${all}`;
        diagnostics.push({
          code: 'unknown_locale',
          pointer: field.pointer,
          message: `unknown locale ${show(code)}`,
          hint,
        });
        return;
      }
      lists.set(key, known);
    }
    for (const inner of innerFields(field)) await visit(inner);
  };
  for (const field of fields) await visit(field);
  return lists;
}

class Compiler {
  readonly #lists: ReadonlyMap<string, LocaleLists>;
  readonly #clock: Clock;
  readonly #diagnostics: Diagnostic[];
  readonly #options: Pick<CompileOptions, 'responses' | 'external'>;
  readonly #weightings = new Weightings();
  #tightest: { rows: number; field: Field | undefined } = { rows: Number.MAX_SAFE_INTEGER, field: undefined };

  constructor(
    lists: ReadonlyMap<string, LocaleLists>,
    clock: Clock,
    diagnostics: Diagnostic[],
    options: Pick<CompileOptions, 'responses' | 'external'>,
  ) {
    this.#lists = lists;
    this.#clock = clock;
    this.#diagnostics = diagnostics;
    this.#options = options;
  }

  /** The fewest rows that a unique field allows, and which. */
  tightest(): { rows: number; field: Field | undefined } {
    return this.#tightest;
  }

  /** @param rowsPerRow how many rows of the field's own level one row of the template has at most */
  field(field: Field, parent: string, rowsPerRow = 1): ProgramField {
    const path = pointerTo(parent, field.name);
    const program = this.#nullable(this.#program(field, path, parent, rowsPerRow), field.common.nullPercentage);
    return { name: field.name, path, program };
  }

  #nullable(program: Program, percentage: number): Program {
    if (percentage === 0) return program;
    return { kind: 'nullable', threshold: Math.round((percentage / 100) * 2 ** 32), program };
  }

  #program(field: Field, path: string, parent: string, rowsPerRow: number): Program {
    if (field.type.external !== undefined) return this.#external(field);
    if (field.parts !== undefined) return this.#composed(field, field.parts, path, rowsPerRow);
    if (field.expression !== undefined) return { kind: 'derived', expression: field.options['expression'] as string };
    if (field.nested !== undefined) return this.#nested(field.nested, path, rowsPerRow);
    const lists = this.#lists.get(listsKey(field.common));
    if (lists === undefined || field.type.build === undefined)
      throw new Error(`no way to build type ${field.type.key}`);
    const context = fieldContext(field.common.unique && !isAlwaysUnique(field), lists, this.#clock, field.common.group);
    const program = field.type.build(field.options, context);
    this.#weightings.add(field, parent, context.things, this.#diagnostics);
    if (!context.unique) return program;
    this.#limit(field, context.size(), rowsPerRow);
    return { kind: 'unique', size: context.size(), program };
  }

  /** Types made of other fields. */
  #composed(field: Field, parts: readonly Part[], path: string, rowsPerRow: number): Program {
    const { options, type } = field;
    const [first] = parts;
    switch (type.key) {
      case 'array': {
        const { min, max } = countOf(options['count']);
        if (first === undefined || max === 0) return { kind: 'choice', values: [[]], index: constant(0) };
        const item = this.field(first.field, path, rowsPerRow * max);
        return { kind: 'list', item, count: drawnCount(min, max), stride: max };
      }
      case 'switch':
      case 'mapped': {
        const cases = parts.map((part) => this.field(part.field, path, rowsPerRow));
        return {
          kind: 'selected',
          by: options['field'] as string,
          keys: parts.slice(0, -1).map(({ key }) => key),
          cases,
        };
      }
      case 'running_total':
        return { kind: 'running', of: options['field'] as string, every: options['every'] as number };
      default:
        return this.#reference(field, (first as Part).field, rowsPerRow);
    }
  }

  #reference(field: Field, target: Field, rowsPerRow: number): Program {
    // The other template's rows are its own: what is unique there does not bound the rows here.
    const { path, program } = new Compiler(this.#lists, this.#clock, this.#diagnostics, this.#options).field(
      target,
      '',
    );
    if (needsJavaScript(program)) {
      this.#diagnostics.push({
        code: 'reference_not_possible',
        pointer: `${field.pointer}/options/field`,
        message: `${show(target.name)} is made in JavaScript, which references do not reach`,
        hint: 'refer to a key, such as a sequence, a uuid or a regex field',
      });
    }
    const { common, options } = field;
    const lists = this.#lists.get(listsKey(common)) as LocaleLists;
    const context = fieldContext(common.unique, lists, this.#clock, common.group);
    const row = referencedRow(options, context);
    if (!common.unique) return { kind: 'reference', row, path, program };
    this.#limit(field, context.size(), rowsPerRow);
    return { kind: 'unique', size: context.size(), program: { kind: 'reference', row, path, program } };
  }

  #external(field: Field): Program {
    const { type, pointer } = field;
    const isFetched = isResponse(field);
    const { responses, external = [] } = this.#options;
    if (isFetched && responses !== undefined) return this.#response(field, responses);
    const by = external.find((one) => one === type.external);
    if (by !== undefined) return { kind: 'external', by, pointer, options: field.options, sees: [] };
    this.#diagnostics.push({
      code: 'needs_a_worker',
      pointer: `${pointer}/type`,
      message: `the engine alone does not make values of type \`${type.key}\``,
      hint: isFetched
        ? 'a server fetches them from its connections: generate from the template there, or `sample` rows of a file'
        : 'run the template where its workers are, or use another type',
    });
    return NOTHING;
  }

  #response(field: Field, responses: NonNullable<CompileOptions['responses']>): Program {
    if (responses === 'unknown') return NOTHING;
    const key = responseKey(field);
    const values = responseValues(field, responses.get(key) ?? [], (problem) => this.#diagnostics.push(problem));
    const lists = this.#lists.get(listsKey(field.common));
    if (values === undefined || lists === undefined) return NOTHING;
    if (field.options['order'] === 'sequential') return { kind: 'choice', values, index: mod(row, values.length) };
    const context = fieldContext(false, lists, this.#clock, field.common.group);
    return { kind: 'choice', values, index: context.shared(`sample ${key}`, 0, values.length) };
  }

  #limit(field: Field, size: bigint, rowsPerRow: number): void {
    const rows = Number(size / BigInt(rowsPerRow));
    if (rows === 0) {
      this.#diagnostics.push(notEnough(field, Number(size), rowsPerRow));
    } else if (rows < this.#tightest.rows) {
      this.#tightest = { rows, field };
    }
  }

  #nested(nested: NonNullable<Field['nested']>, path: string, rowsPerRow: number): Program {
    if (nested.ended) return { kind: 'choice', values: [nested.array ? [] : null], index: constant(0) };
    const { min, max } = nested.count;
    if (nested.array && max === 0) return { kind: 'choice', values: [[]], index: constant(0) };
    const stride = nested.array ? max : 1;
    const fields = withSeen(compileDerived(nested.fields.map((field) => this.field(field, path, rowsPerRow * stride))));
    if (!nested.array) return { kind: 'object', fields };
    return { kind: 'array', fields, count: drawnCount(min, max), stride };
  }
}

const NOTHING: Program = { kind: 'choice', values: [null], index: constant(0) };

const drawnCount = (min: number, max: number): Int =>
  min === max ? constant(min) : add({ op: 'draw', below: max - min + 1 }, min);

/** Types whose values never repeat, by how they are made. */
const isAlwaysUnique = ({ type, options }: Field): boolean =>
  type.key === 'sequence' || (type.key === 'uuid' && options['version'] === '4');

const withoutCompiled = (field: ProgramField): ProgramField => {
  const program = uncompiled(field.program);
  return { ...field, program: program.kind === 'column' ? program.program : program };
};

/** Turns top-level fields with something computed or derived in them into columns. */
function asColumns(fields: readonly ProgramField[]): ProgramField[] {
  let columns = 0;
  return fields.map((field) =>
    needsJavaScript(field.program)
      ? { ...field, program: { kind: 'column', column: columns++, program: field.program } }
      : field,
  );
}
