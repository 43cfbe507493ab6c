import { type ExternalBlock, ExternalError, type ExternalLevel } from '@datamaker/engine';
import type { SandboxDriver, SandboxEnd } from '../../runner/sandbox/sandbox.ts';
import { type PythonProcess, startPython } from './python-process.ts';

/** A question of a function in a field, as it came: nothing about it is certain. */
export type Question = Readonly<Record<string, unknown>>;
/** Answers what functions ask for; `{ refused }` is raised where it was asked for. */
export type Answer = (question: Question) => Promise<Readonly<Record<string, unknown>>>;

/** How long it may be silent while it makes values: what does not come back to Python within a row's time is ended by this. */
const SILENCE_MS = 6000;
/** For one row, of all fields of a level; and for what is no row's. */
const ROW_MS = 2000;
const GRACE_MS = 30_000;
const SECONDS = ROW_MS / 1000;

interface Pending {
  readonly level: ExternalLevel;
  readonly rows: readonly number[];
  readonly resolve: (columns: readonly (readonly unknown[])[]) => void;
  readonly reject: (error: unknown) => void;
}

/** The functions of a plan's fields, in one Python. */
export class FieldProcess {
  readonly #levels: readonly ExternalLevel[];
  readonly #answer: Answer;
  #python: PythonProcess | undefined;
  #pending: Pending | undefined;
  /** Whether something that it asked for is being looked up. */
  #isAsking = false;
  #silence: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  /** The object in the block that it was last at. */
  #at: number | undefined;
  #why: 'silence' | 'deadline' | 'nonsense' | undefined;
  #end: Error | undefined;

  private constructor(levels: readonly ExternalLevel[], answer: Answer) {
    this.#levels = levels;
    this.#answer = answer;
  }

  /** @throws SandboxError when there is no sandbox, ExternalError when the functions cannot be loaded */
  static async open(driver: SandboxDriver, levels: readonly ExternalLevel[], answer: Answer): Promise<FieldProcess> {
    const made = new FieldProcess(levels, answer);
    const python = await startPython(driver, (message) => made.#take(message));
    made.#python = python;
    python.ended.then((end) => made.#ended(end));
    const [first] = levels;
    if (first === undefined) return made;
    try {
      await made.#ask({ level: first, rows: [] }, { levels: levels.map(loadedLevel) });
    } catch (error) {
      made.close();
      throw error;
    }
    return made;
  }

  /** The values of a block. One call at a time. @throws ExternalError */
  make({ level, indices, rows, objects, keys }: ExternalBlock): Promise<readonly (readonly unknown[])[]> {
    const number = this.#levels.findIndex(({ path }) => path === level.path);
    return this.#ask({ level, rows }, { level: number, indices, objects, keys: keys.map(String) });
  }

  /** Ends it; values that are being made are given up. */
  close(): void {
    this.#end ??= new Error('the process of the functions was closed');
    this.#settle()?.reject(this.#end);
    this.#python?.kill();
  }

  #ask(about: Pick<Pending, 'level' | 'rows'>, message: unknown): Promise<readonly (readonly unknown[])[]> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    return new Promise((resolve, reject) => {
      this.#pending = { ...about, resolve, reject };
      this.#at = undefined;
      this.#listen();
      this.#deadline = setTimeout(() => this.#kill('deadline'), (about.rows.length + 1) * ROW_MS + GRACE_MS);
      this.#python?.send(message);
    });
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#kill('silence'), SILENCE_MS);
  }

  #kill(why: 'silence' | 'deadline' | 'nonsense'): void {
    this.#why = why;
    this.#python?.kill();
  }

  #settle(): Pending | undefined {
    clearTimeout(this.#silence);
    clearTimeout(this.#deadline);
    const pending = this.#pending;
    this.#pending = undefined;
    return pending;
  }

  #take(message: unknown): void {
    const pending = this.#pending;
    // What comes behind nonsense, in the same piece, is no better.
    if (pending === undefined || this.#why !== undefined) return;
    // Python waits for what it asks for: one question is open at a time, and its answer the one that is held here.
    if (!isObject(message) || this.#isAsking) return this.#kill('nonsense');
    if (message['ask'] !== undefined) {
      this.#isAsking = true;
      clearTimeout(this.#silence);
      this.#answer(message).then(
        (answer) => {
          this.#isAsking = false;
          if (this.#pending !== pending) return;
          this.#listen();
          this.#python?.send(answer);
        },
        (error: unknown) => {
          if (this.#pending === pending) this.#settle()?.reject(error);
          this.#python?.kill();
        },
      );
      return;
    }
    this.#listen();
    if (message['loaded'] === true && pending.rows.length === 0) return this.#settle()?.resolve([]);
    if (message['error'] !== undefined) {
      const fault = message['error'];
      this.#settle()?.reject(isObject(fault) ? this.#faultOf(fault, pending) : this.#endOf(pending, 'nonsense'));
      return;
    }
    if (message['columns'] !== undefined) {
      const columns = columnsOf(message['columns'], pending);
      if (columns === undefined) return this.#kill('nonsense');
      this.#settle()?.resolve(columns);
      return;
    }
    if (typeof message['at'] === 'number') this.#at = message['at'];
  }

  #faultOf(fault: Readonly<Record<string, unknown>>, pending: Pending): ExternalError {
    const level = this.#levels[fault['level'] as number] ?? pending.level;
    const field = level.fields[fault['field'] as number] ?? level.fields[0];
    const row = pending.rows[fault['at'] as number];
    const code = String(fault['code']);
    const line = Number.isSafeInteger(fault['line']) ? ` (line ${fault['line']})` : '';
    const at = row === undefined ? '' : `row ${row}: `;
    const said = code === 'python_timeout' ? `took more than ${SECONDS} seconds` : shorten(String(fault['message']));
    return new ExternalError(
      {
        code: Object.hasOwn(HINTS, code) ? code : 'python_failed',
        pointer: `${field?.pointer}/options/code`,
        message: `${at}field ${JSON.stringify(field?.name)}: ${said}${line}`,
        ...(Object.hasOwn(HINTS, code) ? { hint: HINTS[code] as string } : {}),
      },
      row,
    );
  }

  #ended(end: SandboxEnd): void {
    const pending = this.#settle();
    const error = this.#endOf(pending, this.#why, end);
    this.#end ??= error;
    pending?.reject(error);
  }

  /** Why there are no values any more, of a process that has said nothing about it. */
  #endOf(pending: Pending | undefined, why = this.#why, end?: SandboxEnd): ExternalError {
    const level = pending?.level ?? this.#levels[0];
    const field = level?.fields[0];
    const row = pending?.rows[this.#at ?? 0];
    const names = level?.fields.map(({ name }) => JSON.stringify(name)).join(', ');
    const from = row === undefined ? '' : `, in row ${row} or one of those after it`;
    const [code, what] =
      why === 'silence' || why === 'deadline' || end?.outcome === 'timeout'
        ? ['python_timeout', `took more than ${SECONDS} seconds for a row`]
        : end?.outcome === 'out_of_memory'
          ? ['python_out_of_memory', 'took more memory than there is for fields']
          : ['python_ended', `ended the process that it runs in${why === 'nonsense' ? '' : codeOf(end)}`];
    return new ExternalError(
      {
        code: code as string,
        pointer: `${field?.pointer}/options/code`,
        message: `the function of ${names} ${what}${from}`,
        hint: HINTS[code as string] as string,
      },
      row,
    );
  }
}

const HINTS: Readonly<Record<string, string>> = {
  python_failed: 'see the line of the code, and what the row holds: fields below it are not in `row`',
  python_timeout: 'compute tables once, outside of the function; look values up in a dict',
  python_out_of_memory: 'a field has 256 MiB for all of it: keep less',
  python_ended: 'a function returns its value, and ends nothing: leave out sys.exit and os._exit',
  python_not_json: 'return a text, a number, a boolean, None, a date, or lists and dicts of these',
  python_too_much: 'return less for each row',
};

/** What the process has to know of a level: the code, and the fields that each function sees beside those of the one before. */
const loadedLevel = ({ fields }: ExternalLevel) => {
  const known = new Set(fields.map(({ name }) => name));
  return fields.map(({ name, options, sees }) => {
    const adds = sees.filter((one) => !known.has(one));
    for (const one of adds) known.add(one);
    return { name, code: options['code'], adds };
  });
};

function columnsOf(given: unknown, { level, rows }: Pending): readonly (readonly unknown[])[] | undefined {
  if (!Array.isArray(given) || given.length !== level.fields.length) return undefined;
  return given.every((column) => Array.isArray(column) && column.length === rows.length) ? given : undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const shorten = (text: string): string => (text.length <= 1000 ? text : `${text.slice(0, 1000)}…`);

const codeOf = (end: SandboxEnd | undefined): string =>
  end === undefined ? '' : end.signal === null ? ` with ${end.code}` : ` by ${end.signal}`;
