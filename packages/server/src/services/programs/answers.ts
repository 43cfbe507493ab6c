import { buffer } from 'node:stream/consumers';
import { ApiError } from '../../errors.ts';
import { giveBack, peekCounter, resetCounter } from '../../store/counters.ts';
import { FileStore } from '../../store/files.ts';
import type { Tenant } from '../../store/tenant.ts';
import { type Block, takeBlock } from '../counter-service.ts';
import { problemOfCounterName } from '../names/counter-name.ts';
import type { Question } from './field-process.ts';
import { countOf, PassingCounters } from './passing-counters.ts';
import { TemplateRows } from './template-rows.ts';

/** What functions of fields reach. */
export interface ProgramScope {
  /** Transactions of its own. */
  readonly tenant: Tenant;
  readonly workspaceId: string;
  readonly projectId: string;
  /** `kept`: numbers of counters are given for good; `passing`: rows are only shown, and counters stay as they are. */
  readonly counters: 'kept' | 'passing';
  /** Whether all functions are of fields that are sensitive: they run in one process, where each reaches what another was told. */
  readonly isSensitive: boolean;
}

type Answered = Readonly<Record<string, unknown>>;

/** A function reads a file into the little memory that it has. */
const MOST_FILE_BYTES = 16 * 1024 * 1024;

/** Answers what functions of fields ask for. What they ask is not to be trusted, and reaches nothing but the project. */
export class Answers {
  readonly #scope: ProgramScope;
  /** Numbers that were given last, and may come back. */
  readonly #given = new Map<string, Block>();
  readonly #passing: PassingCounters;
  readonly #templates: TemplateRows;

  constructor(scope: ProgramScope) {
    this.#scope = scope;
    this.#templates = new TemplateRows(scope);
    this.#passing = new PassingCounters((name) => scope.tenant((tx) => peekCounter(tx, scope, name)));
  }

  async answer(question: Question): Promise<Answered> {
    const { ask, name } = question;
    if (typeof name !== 'string') return { refused: 'a name is a text' };
    if (ask === 'file') return this.#file(name);
    if (ask === 'rows') return this.#templates.answer(name, question);
    const problem = problemOfCounterName(name);
    if (problem !== undefined) return { refused: problem };
    try {
      return await (this.#scope.counters === 'kept'
        ? this.#kept(name, question)
        : this.#passing.answer(name, question));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'conflict') return { refused: error.message };
      throw error;
    }
  }

  #kept(name: string, question: Question): Promise<Answered> {
    const { tenant } = this.#scope;
    return tenant(async (tx) => {
      switch (question['do']) {
        case 'next': {
          const block = await takeBlock(tx, this.#scope, name, countOf(question));
          this.#given.set(name, block);
          return { ...block };
        }
        case 'give_back': {
          const { first, last } = question;
          const given = this.#given.get(name);
          this.#given.delete(name);
          if (given === undefined || last !== given.last || !isWithin(first, given)) return {};
          await giveBack(tx, this.#scope, name, { first, last: given.last });
          return {};
        }
        case 'reset':
          this.#given.delete(name);
          await resetCounter(tx, this.#scope, name);
          return { value: 0 };
        default:
          return { value: await peekCounter(tx, this.#scope, name) };
      }
    });
  }

  async #file(name: string): Promise<Answered> {
    const { tenant, projectId } = this.#scope;
    const files = new FileStore(tenant, projectId);
    const file = name.includes('\0') ? undefined : await files.find(name);
    const shown = JSON.stringify(name.slice(0, 80));
    if (file === undefined) return { refused: `there is no workspace file ${shown}` };
    if (file.bytes > MOST_FILE_BYTES) {
      return { refused: `the workspace file ${shown} has more than the ${MOST_FILE_BYTES} bytes that a field reads` };
    }
    return { content: (await buffer(await files.open(file))).toString('base64') };
  }
}

const isWithin = (first: unknown, { first: from, last }: Block): first is number =>
  Number.isSafeInteger(first) && (first as number) >= from && (first as number) <= last;
