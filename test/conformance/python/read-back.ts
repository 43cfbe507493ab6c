import { execFileSync } from 'node:child_process';
import { here, python } from './python.ts';

export interface ReadBack {
  /** What the reader says of the types, by column. */
  readonly types: Readonly<Record<string, unknown>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** What pyarrow, fastavro, openpyxl or expat read from a file. */
export function readBack(format: 'parquet' | 'avro' | 'xlsx' | 'sheets' | 'xml', path: string): ReadBack {
  const text = execFileSync(python(), [here('read_back.py'), format, path], { maxBuffer: 1 << 30, encoding: 'utf8' });
  const [types, ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { types, rows };
}
