import { compileTemplate } from '../compile/compile-template.ts';
import type { Plan } from '../plan/plan.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { type Diagnostic, failure, type Result, success } from '../template/diagnostic.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { listOf } from './field-path.ts';

/** What fakes of a field are made by. */
export interface FakeSpec {
  /** Path of the field; of one list together they are coherent, as fields of a row are. */
  readonly field: string;
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly locale: string | undefined;
  /** Where what is wrong with the type or its options is reported. */
  readonly pointer: string;
}

/** Rows made at a time: compiling the kernel takes about as long as making so many. */
const CHUNK = 1024;

interface Group {
  readonly specs: FakeSpec[];
  plan: Plan | undefined;
  chunk: readonly Record<string, unknown>[];
  /** Row of the plan that the chunk begins with. */
  from: number;
}

/** Fresh values by the types of the catalogue, for rows and for elements of lists. Nothing of the input reaches them. */
export class Fakes {
  readonly seed: string;
  readonly #groups = new Map<string, Group>();

  constructor(seed: string) {
    this.seed = seed;
  }

  /** Adds fields; what others get stays the same. */
  async add(specs: readonly FakeSpec[]): Promise<Result<undefined>> {
    const diagnostics: Diagnostic[] = [];
    for (const [list, added] of Map.groupBy(specs, ({ field }) => listOf(field))) {
      const all = [...(this.#groups.get(list)?.specs ?? []), ...added];
      const plan = await compile(all, list === '' ? this.seed : `${this.seed} ${list}`);
      if (plan.ok) this.#groups.set(list, { specs: all, plan: plan.value, chunk: [], from: 0 });
      else diagnostics.push(...plan.diagnostics);
    }
    return diagnostics.length > 0 ? failure(...diagnostics) : success(undefined);
  }

  /** @param index number of the row, or of the element among all of its list in all rows */
  at(field: string, index: number): unknown {
    const group = this.#groups.get(listOf(field));
    if (group?.plan === undefined) throw new Error(`no fakes for ${field}`);
    if (index < group.from || index >= group.from + group.chunk.length) {
      group.from = index;
      group.chunk = generateRows(group.plan, index, index + CHUNK);
    }
    return group.chunk[index - group.from]?.[field];
  }
}

async function compile(specs: readonly FakeSpec[], seed: string): Promise<Result<Plan>> {
  const fields = specs.map(({ field, type, options, locale }) => ({
    name: field,
    type,
    options: { ...(locale === undefined ? {} : { locale }), ...options },
  }));
  const toRules = (diagnostics: readonly Diagnostic[]): Result<never> =>
    failure(
      ...diagnostics.map((diagnostic) => {
        const [, index = '', rest = ''] = /^\/fields\/(\d+)(.*)$/.exec(diagnostic.pointer) ?? [];
        return { ...diagnostic, pointer: `${specs[Number(index)]?.pointer ?? ''}${rest}` };
      }),
    );
  const parsed = parseTemplate({ fields });
  if (!parsed.ok) return toRules(parsed.diagnostics);
  const plan = await compileTemplate(parsed.value, { seed });
  return plan.ok ? plan : toRules(plan.diagnostics);
}
