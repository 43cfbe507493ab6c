import { MAX_NESTING } from '../template/limits.ts';
import type { ReadContext } from './import-kinds.ts';
import { ImportRefused } from './import-refused.ts';
import type { ImportedColumn, ImportedEntity } from './imported-column.ts';
import { measureField } from './measure-field.ts';
import { fieldOfColumn, type MockarooColumn, nullsOf } from './mockaroo/field-of-column.ts';
import { isObject, parseJson } from './parse-json.ts';

/** A column before the points in its name are looked at. */
interface Leaf {
  readonly path: readonly string[];
  readonly column: ImportedColumn;
  /** Whether it is the list of what is below it. */
  readonly isList: boolean;
}

const DEFAULT_ITEMS = 3;

/**
 * A schema of Mockaroo: what "Download schema" gives, or the list of fields that its API takes. A point in a name makes an object, as it
 * does in Mockaroo's JSON.
 * @throws ImportRefused
 */
export async function readMockaroo(text: string, context: ReadContext): Promise<ImportedEntity[]> {
  const document = parseJson(text);
  const columns = Array.isArray(document) ? document : isObject(document) ? document['columns'] : undefined;
  if (!Array.isArray(columns) || !columns.every(isObject)) {
    throw new ImportRefused(
      'invalid_source',
      'a schema of Mockaroo has a list `columns`',
      'download it from Mockaroo as JSON, or give the list of fields',
    );
  }
  const own = isObject(document) && typeof document['name'] === 'string' ? document['name'] : undefined;
  const name = own ?? context.entity ?? 'imported';
  const pointer = Array.isArray(document) ? '' : '/columns';
  const leaves: Leaf[] = [];
  for (const [index, column] of columns.entries())
    leaves.push(await leafOf(column, `${pointer}/${index}`, name, context));
  return [{ name, place: { pointer: '' }, columns: grouped(leaves, 0) }];
}

async function leafOf(given: MockarooColumn, pointer: string, entity: string, { notices }: ReadContext): Promise<Leaf> {
  const place = { pointer };
  const full = typeof given['name'] === 'string' ? given['name'] : '';
  const parts = full.split('.', MAX_NESTING).filter((part) => part !== '');
  // Deeper than templates are, it is a name as it stands.
  const path = parts.length < MAX_NESTING ? parts : [full];
  const name = path.at(-1) ?? full;
  const subject = `${entity}.${full}`;
  const declared = String(given['type'] ?? '').slice(0, 60);
  if (typeof given['formula'] === 'string' && given['formula'].trim() !== '') {
    notices.add('formula_left_out', place, 'its formula is left out: write a field of the type `derived`', subject);
  }
  const isList = declared.toLowerCase() === 'json array';
  if (isList) return { path, isList, column: listColumn(given, name, place) };
  const draft = fieldOfColumn(given);
  const isPossible = draft !== undefined && (await measureField(draft)).ok;
  if (!isPossible) {
    const why = draft === undefined ? 'is not known' : 'has options that cannot be kept';
    notices.add('unknown_type', place, `Mockaroo's type ${JSON.stringify(declared)} ${why}: made by its name`, subject);
  }
  const column = { name, kind: 'text' as const, place, ...nullsOf(given), ...(isPossible ? { draft } : {}) };
  return { path, isList, column };
}

function listColumn(given: MockarooColumn, name: string, place: ImportedColumn['place']): ImportedColumn {
  const [min, max] = [Number(given['minItems'] ?? 0), Number(given['maxItems'] ?? DEFAULT_ITEMS)];
  const isRight = Number.isInteger(min) && Number.isInteger(max) && min >= 0 && max >= min;
  const items = isRight ? { minItems: min, maxItems: max } : {};
  return { name, kind: 'array', place, ...nullsOf(given), ...items };
}

/** Columns of one level: those whose names go on become objects, or the items of a list. */
function grouped(leaves: readonly Leaf[], depth: number): ImportedColumn[] {
  const groups = Map.groupBy(leaves, ({ path, column }) => path[depth] ?? column.name);
  return [...groups].flatMap(([name, all]): ImportedColumn[] => {
    const here = all.filter(({ path }) => path.length <= depth + 1);
    const below = all.filter(({ path }) => path.length > depth + 1);
    const list = here.find(({ isList }) => isList)?.column;
    const [first] = below;
    if (first === undefined) return here.map(({ column }) => column);
    const object = { name, kind: 'object' as const, place: first.column.place, columns: grouped(below, depth + 1) };
    const others = here.filter(({ isList }) => !isList).map(({ column }) => column);
    return [...others, list === undefined ? object : { ...list, items: object }];
  });
}
