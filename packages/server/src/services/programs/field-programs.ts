import { type ExternalMaker, externalLevels, hasExternal, type Plan } from '@datamaker/engine';
import { type ApiError, validationError } from '../../errors.ts';
import { SandboxError } from '../../runner/sandbox/sandbox.ts';
import type { Places } from '../limits/places.ts';
import type { SandboxDoor } from '../scenarios/sandbox-door.ts';
import type { ProgramScope } from './answers.ts';
import type { Answer, FieldProcess } from './field-process.ts';

/** Whose templates' functions run. */
export type ProjectScope = Pick<ProgramScope, 'tenant' | 'workspaceId' | 'projectId'>;

/** Runs the functions of plans of a project. */
export interface PlanPrograms {
  /** See `FieldPrograms`. */
  during<T>(
    plan: Plan,
    use: Pick<ProgramScope, 'counters'> & { readonly signal: AbortSignal },
    work: (make: ExternalMaker | undefined) => Promise<T>,
  ): Promise<T>;
}

/** Processes at a time: of this server, and of a workspace. Each may take 256 MiB. */
const AT_ONCE = 8;
const OF_WORKSPACE = 4;
const WAIT_MS = 60_000;
const BUSY = 'too many templates with Python fields are being generated: wait until one is done';

/** Runs the functions of `python` fields: a sandbox of its own for each plan that is made into rows, which ends with it. */
export class FieldPrograms {
  readonly #door: SandboxDoor;
  #places: Places | undefined;

  constructor(door: SandboxDoor) {
    this.#door = door;
  }

  /** For a project. */
  of = (scope: ProjectScope): PlanPrograms => ({
    during: async (plan, { counters, signal }, work) => {
      // Most servers never run a function.
      const { Answers } = await import('./answers.ts');
      const answers = new Answers({ ...scope, counters, isSensitive: areSensitive(plan) });
      return this.during(plan, scope.workspaceId, signal, (question) => answers.answer(question), work);
    },
  });

  /**
   * Has the functions of a plan there for as long as something is made of it. The process starts with the first row that wants it;
   * a plan without such fields has none.
   * @param answer answers what functions ask for
   * @throws what `work` throws, ExternalError of a function, ApiError validation_error when there is no sandbox, rate_limited when too many run
   */
  async during<T>(
    plan: Plan,
    workspaceId: string,
    signal: AbortSignal,
    answer: Answer,
    work: (make: ExternalMaker | undefined) => Promise<T>,
  ): Promise<T> {
    if (!hasExternal(plan)) return work(undefined);
    const levels = externalLevels(plan);
    const { Places } = await import('../limits/places.ts');
    this.#places ??= new Places(AT_ONCE, OF_WORKSPACE, WAIT_MS, BUSY);
    const leave = await this.#places.enter(workspaceId, signal);
    let process: FieldProcess | undefined;
    const kill = (): void => process?.close();
    signal.addEventListener('abort', kill, { once: true });
    try {
      const { FieldProcess } = await import('./field-process.ts');
      return await work(async (block) => {
        signal.throwIfAborted();
        try {
          process ??= await FieldProcess.open(await this.#door.open(), levels, answer);
          return await process.make(block);
        } catch (error) {
          signal.throwIfAborted();
          throw error instanceof SandboxError ? withoutSandbox(error, levels[0]?.fields[0]?.pointer ?? '') : error;
        }
      });
    } finally {
      signal.removeEventListener('abort', kill);
      process?.close();
      leave();
    }
  }
}

const areSensitive = (plan: Plan): boolean =>
  externalLevels(plan).every(({ fields }) => fields.every(({ options }) => options['sensitive'] === true));

/** Where there is no sandbox, nothing of a template's code is run. */
const withoutSandbox = ({ code, message, hint }: SandboxError, pointer: string): ApiError =>
  validationError([{ code: 'no_sandbox', pointer: `${pointer}/type`, message: `${code}: ${message}`, hint }]);
