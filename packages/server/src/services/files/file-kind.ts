import { parse } from 'csv-parse/sync';

/** What a file is by its content, whatever its name says. */
export type FileKind = 'csv' | 'json' | 'ndjson' | 'yaml' | 'xlsx' | 'text';

export const CONTENT_TYPES: Readonly<Record<FileKind, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  yaml: 'application/yaml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  text: 'text/plain',
};

const HEAD_BYTES = 64 * 1024;
/** Characters that no text has: all controls but tab, line ends, form feed and escape. */
const CONTROL = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/;

/** Looks at a file as it arrives, and tells what it is when all of it was seen. */
export class FileLook {
  #head = Buffer.alloc(0);
  #last = '';
  #bytes = 0;
  #hasNul = false;
  #decoder: InstanceType<typeof TextDecoder> | undefined = new TextDecoder('utf-8', { fatal: true });

  see(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.#head.length < HEAD_BYTES) {
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, HEAD_BYTES - this.#head.length)]);
    }
    this.#hasNul ||= chunk.includes(0);
    this.#decode(chunk);
  }

  #decode(chunk?: Uint8Array): void {
    try {
      const text = this.#decoder?.decode(chunk, { stream: chunk !== undefined }).trimEnd() ?? '';
      if (text !== '') this.#last = text.slice(-1);
    } catch {
      this.#decoder = undefined;
    }
  }

  /** @returns undefined for what is neither a text nor a workbook */
  async kind(): Promise<{ kind: FileKind; contentType: string } | undefined> {
    this.#decode();
    const isUtf8 = this.#decoder !== undefined;
    const text = new TextDecoder('utf-8').decode(this.#head, { stream: true });
    const { fileTypeFromBuffer } = await import('file-type');
    const binary = await fileTypeFromBuffer(this.#head).catch(() => undefined);
    if (binary?.ext === 'xlsx') return { kind: 'xlsx', contentType: CONTENT_TYPES.xlsx };
    if (this.#hasNul || CONTROL.test(text)) return undefined;
    const whole = this.#bytes <= HEAD_BYTES;
    const kind = isUtf8 ? kindOfText(text, whole, this.#last) : delimiterOf(text) === undefined ? 'text' : 'csv';
    const isPlain = CONTENT_TYPES[kind].startsWith('text/');
    return { kind, contentType: `${CONTENT_TYPES[kind]}${isPlain && isUtf8 ? '; charset=utf-8' : ''}` };
  }
}

/** @param whole whether the text is all there is @param last the last character of the file that is no space */
function kindOfText(text: string, whole: boolean, last: string): FileKind {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // The last line of a head may be cut.
  const complete = whole ? lines : lines.slice(0, -1);
  const first = text.trimStart()[0] ?? '';
  if (first === '{' || first === '[') {
    if (whole && isJson(text)) return 'json';
    if (complete.length > 0 && complete.slice(0, 20).every(isJson)) return 'ndjson';
    if (!whole && last === (first === '{' ? '}' : ']')) return 'json';
  }
  if (isYaml(complete)) return 'yaml';
  return delimiterOf(text) === undefined ? 'text' : 'csv';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Begins as only YAML does, or has nothing but keys, items, comments and what belongs to them. */
function isYaml(lines: readonly string[]): boolean {
  if (/^(---(\s|$)|%YAML )/.test(lines[0] ?? '')) return true;
  const head = lines.slice(0, 50).filter((line) => !line.trimStart().startsWith('#'));
  const isPart = (line: string): boolean =>
    /^\s*("[^"]*"|'[^']*'|[\w][\w .$/-]*):(\s|$)|^\s*-(\s|$)|^\s{2,}\S/.test(line);
  return head.length > 0 && head.every(isPart) && /:(\s|$)|^-\s/.test(head[0] ?? '');
}

/** What stands between the cells, when the first lines are a table of two columns or more; undefined otherwise. */
export function delimiterOf(text: string): string | undefined {
  const head = text.slice(0, HEAD_BYTES);
  for (const delimiter of [',', ';', '\t', '|']) {
    const cut = head.lastIndexOf('\n');
    // Quotes that are not closed where the head ends are no fault: the first records are enough.
    for (const sample of [head, cut > 0 ? head.slice(0, cut) : head]) {
      try {
        const options = { delimiter, bom: true, to: 20, relax_column_count: true, skip_empty_lines: true };
        const records: string[][] = parse(sample, options);
        const [columns] = records;
        if (columns !== undefined && columns.length > 1 && records.every(({ length }) => length === columns.length)) {
          return delimiter;
        }
        break;
      } catch {
        // The shorter sample may do.
      }
    }
  }
  return undefined;
}
