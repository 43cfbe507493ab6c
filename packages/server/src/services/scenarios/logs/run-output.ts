import { FieldRedactor } from './field-redactor.ts';
import type { LogWriter } from './log-writer.ts';
import { Redactor } from './redactor.ts';
import { SafeText } from './safe-text.ts';

/** In characters; a longer line becomes several. */
const LONGEST_LINE = 1024 * 1024;
/** How much of the end of stderr is looked at for why a script has failed. */
const TAIL = 64 * 1024;

type Source = 'stdout' | 'stderr';

interface Pipe {
  readonly text: SafeText;
  readonly redactor: Redactor;
  readonly fields: FieldRedactor;
  /** Whether its line was ended for it, as another one wrote in between. */
  isCut: boolean;
}

/** What a process writes on its way into the log: both streams in the order in which they come, safe, and without secrets. */
export class RunOutput {
  readonly #log: LogWriter;
  readonly #pipes: Readonly<Record<Source, Pipe>>;
  readonly #secrets: readonly string[];
  readonly #fields: readonly string[];
  #last: Source = 'stdout';
  /** Chunks that are being taken. */
  #taking = 0;
  /** Characters of the line that has not ended. */
  #line = 0;
  #tail = '';

  /**
   * @param secrets as `formsOf` gives them
   * @param fields names of those whose values are not to be seen
   */
  constructor(log: LogWriter, secrets: readonly string[], fields: readonly string[]) {
    this.#log = log;
    this.#secrets = secrets;
    this.#fields = fields;
    const pipe = (): Pipe => ({
      text: new SafeText(),
      redactor: new Redactor(secrets),
      fields: new FieldRedactor(fields),
      isCut: false,
    });
    this.#pipes = { stdout: pipe(), stderr: pipe() };
  }

  /** Takes a chunk; when it returns, another one may come. @throws LeaseLost, and whatever keeps it from being written */
  async take(source: Source, bytes: Uint8Array): Promise<void> {
    const { text, redactor, fields } = this.#pipes[source];
    this.#taking++;
    try {
      this.#write(source, fields.take(redactor.take(text.take(bytes))));
      await this.#log.room();
    } finally {
      this.#taking--;
    }
  }

  /** Takes a line of the platform's own, which stands between those of the process. */
  note(line: string): void {
    // One line, whatever names are in it.
    const text = new SafeText().take(Buffer.from(line), true).replaceAll(/[\r\n]+/g, ' ');
    this.#cut();
    this.#put(`${new FieldRedactor(this.#fields).take(new Redactor(this.#secrets).take(text, true), true)}\n`);
  }

  /** Whether what was taken is still on its way into the log. */
  get isBusy(): boolean {
    return this.#taking > 0;
  }

  /** Nothing follows. */
  end(): void {
    for (const source of ['stdout', 'stderr'] as const) {
      const { text, redactor, fields } = this.#pipes[source];
      this.#write(source, fields.take(redactor.take(text.take(new Uint8Array(), true), true), true));
    }
    if (this.#line > 0) this.#put('\n');
  }

  /** The end of what stood in stderr. */
  get errors(): string {
    return this.#tail;
  }

  #write(source: Source, given: string): void {
    let text = given;
    const pipe = this.#pipes[source];
    if (pipe.isCut && text !== '') {
      pipe.isCut = false;
      if (text.startsWith('\n')) text = text.slice(1);
    }
    if (text === '') return;
    if (source !== this.#last) this.#cut();
    this.#last = source;
    if (source === 'stderr') this.#tail = (this.#tail + text).slice(-TAIL);
    if (this.#line + text.length <= LONGEST_LINE) return this.#put(text);
    for (let at = 0; at < text.length; ) {
      const next = text.indexOf('\n', at);
      const end = next === -1 ? text.length : next + 1;
      const room = LONGEST_LINE - this.#line;
      if (end - at <= (next === -1 ? room : room + 1)) {
        this.#put(text.slice(at, end));
        at = end;
      } else {
        // Not between the halves of a character.
        const cut = /[\ud800-\udbff]/.test(text.charAt(at + room - 1)) ? room - 1 : room;
        this.#put(`${text.slice(at, at + cut)}\n`);
        at += cut;
      }
    }
  }

  /** Ends a line that has not ended. */
  #cut(): void {
    if (this.#line === 0) return;
    this.#pipes[this.#last].isCut = true;
    this.#put('\n');
  }

  #put(text: string): void {
    this.#log.write(text);
    const last = text.lastIndexOf('\n');
    this.#line = last === -1 ? this.#line + text.length : text.length - last - 1;
  }
}
