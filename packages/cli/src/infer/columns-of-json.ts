import { badInput } from '../errors/command-error.ts';
import { readRows } from '../rows/read-rows.ts';
import type { RowSource } from '../rows/row-source.ts';
import type { Columns, ReadLimits } from './columns.ts';
import type { TextInput } from './open-input.ts';

/** More names than any template takes need not be read. */
const MOST_NAMES = 20_000;
/** Objects whose keys are the columns. */
const MOST_ROWS = 200;

/**
 * The columns of JSON: a list of names, or the keys of the first objects of a list, of one on each line (NDJSON), or of one alone.
 * @throws CommandError
 */
export async function columnsOfJson(input: TextInput, limits: ReadLimits): Promise<Columns> {
  const items = await firstItems(input);
  const texts = items.filter((item) => typeof item === 'string');
  if (items.length > 0 && texts.length === items.length) {
    if (limits.rows > 0) throw wrong(input, 'no_rows', 'names alone have no rows to look at', 'leave --samples out');
    return { source: input.source, names: texts, rows: [] };
  }
  const objects = items.slice(0, MOST_ROWS).filter(isObject);
  if (objects.length < Math.min(items.length, MOST_ROWS))
    throw wrong(
      input,
      'invalid_names',
      'a list of names, or objects, was expected',
      'write ["id", "email"], [{"id": 1, …}, …] or one object on each line',
    );
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const rows = objects.slice(0, limits.rows).map((object) => new Map(Object.entries(object).filter(isPlain)));
  return { source: input.source, names, rows };
}

async function firstItems(input: TextInput): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const { rows } of readRows(sourceOf(input), ',')) {
    for (const row of rows) items.push(row);
    // Names are all wanted, of rows the first.
    if (items.length >= (typeof items[0] === 'string' ? MOST_NAMES : MOST_ROWS)) break;
  }
  return items;
}

/** A list; lines of objects; or one object over several lines, which is read as a list of one. */
function sourceOf({ source, head, text }: TextInput): RowSource {
  const base = { name: source, again: false };
  const start = head.trimStart();
  if (start.startsWith('[')) return { ...base, format: 'json', text };
  const [line = ''] = start.split('\n', 1);
  if (line.length === start.length ? !start.trimEnd().endsWith('}') : isWhole(line))
    return { ...base, format: 'ndjson', text };
  async function* list(): AsyncGenerator<string> {
    yield '[';
    yield* text();
    yield ']';
  }
  return { ...base, format: 'json', text: list };
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPlain = ([, value]: [string, unknown]): boolean => value !== null && typeof value !== 'object';

const wrong = ({ source }: TextInput, code: string, message: string, hint: string): Error =>
  badInput(source, [{ code, message, hint }]);
