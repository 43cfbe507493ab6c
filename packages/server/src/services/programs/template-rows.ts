import { hasExternal, type Plan, reseed } from '@datamaker/engine';
import { pump } from '@datamaker/engine/run';
import { ApiError } from '../../errors.ts';
import { type StoredTemplate, TemplateStore } from '../../store/templates.ts';
import { prepareRows } from '../generation-service.ts';
import type { ProgramScope } from './answers.ts';
import type { Question } from './field-process.ts';

type Answered = Readonly<Record<string, unknown>>;

/** Of one question; a function that wants more asks again. */
const MOST_ROWS = 1000;
/** The function keeps them in the little memory that it has. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_SEED = 100;
/** No name of a template has more characters, and no id. */
const MOST_NAME = 200;
/** Of one output: each is kept until that ends. */
const MOST_TEMPLATES = 50;

/** Why a question is not answered: what the function is told. */
class Refused extends Error {}

/** Rows of other templates, for functions of fields: each template as it was when it was first asked for. */
export class TemplateRows {
  readonly #scope: ProgramScope;
  readonly #plans = new Map<string, Promise<Plan>>();

  constructor(scope: ProgramScope) {
    this.#scope = scope;
  }

  /** @param question `name` of a template or its id, `seed`, and rows [`from`, `to`) */
  async answer(name: string, { seed, from, to }: Question): Promise<Answered> {
    try {
      if (typeof seed !== 'string' || seed.length > MOST_SEED) throw new Refused('a seed is a short text');
      if (name.length > MOST_NAME) throw new Refused(`a name has at most ${MOST_NAME} characters`);
      if (!isCount(from) || !isCount(to) || to < from || to - from > MOST_ROWS)
        throw new Refused(`at most ${MOST_ROWS} rows come at once`);
      return { rows: await rowsOf(reseed(await this.#planOf(name), seed), from, to) };
    } catch (error) {
      if (error instanceof Refused) return { refused: error.message };
      // What is wrong with a template is told where that is used by itself.
      if (error instanceof ApiError && error.code === 'validation_error')
        return {
          refused: `the template ${shown(name)} makes no rows here: ${error.message}`,
        };
      throw error;
    }
  }

  #planOf(name: string): Promise<Plan> {
    const known = this.#plans.get(name);
    if (known !== undefined) return known;
    if (this.#plans.size >= MOST_TEMPLATES) throw new Refused(`an output uses at most ${MOST_TEMPLATES} templates`);
    const plan = this.#prepare(name);
    this.#plans.set(name, plan);
    plan.catch(() => this.#plans.delete(name));
    return plan;
  }

  async #prepare(name: string): Promise<Plan> {
    const templates = new TemplateStore(this.#scope.tenant, this.#scope.projectId);
    const { plan } = await prepareRows(await find(templates, name), { count: 1 }, templates, undefined, 'refuse');
    if (hasExternal(plan)) throw new Refused(`the template ${shown(name)} has Python fields itself`);
    // What knows sensitive values by the fields that they are of would not know them here.
    if (plan.sensitive.length > 0 && !this.#scope.isSensitive)
      throw new Refused(
        `the template ${shown(name)} has sensitive fields: mark all Python fields here with "sensitive": true to use its rows`,
      );
    return plan;
  }
}

async function find(templates: TemplateStore, name: string): Promise<StoredTemplate> {
  // PostgreSQL has no texts with such a sign.
  if (name.includes('\0')) throw new Refused(`there is no template ${shown(name)}`);
  const found = await templates.find(name);
  if (found !== undefined) return found;
  const [first, second] = await templates.list(2, undefined, name);
  if (first === undefined) throw new Refused(`there is no template ${shown(name)}`);
  if (second !== undefined) throw new Refused(`several templates are called ${shown(name)}: use an id`);
  return first;
}

/** Made by threads, as other rows are: who asks all the time holds nobody else up. */
async function rowsOf(plan: Plan, from: number, to: number): Promise<unknown[]> {
  if (to > plan.capacity) throw new Refused(`its unique fields are enough for ${plan.capacity} rows`);
  const lines: Buffer[] = [];
  let bytes = 0;
  await pump(plan, { format: { format: 'json' }, from, to, threads: 1 }, async (chunk) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Refused(`the rows are more than ${MOST_BYTES} bytes: take fewer at a time`);
    lines.push(Buffer.from(chunk));
  });
  return JSON.parse(Buffer.concat(lines).toString()) as unknown[];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const shown = (name: string): string => JSON.stringify(name.slice(0, 80));
