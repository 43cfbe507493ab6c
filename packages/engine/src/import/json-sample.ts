import type { ReadContext } from './import-kinds.ts';
import { ImportRefused } from './import-refused.ts';
import type { ImportedEntity } from './imported-column.ts';
import { MAX_SAMPLE_ROWS } from './limits.ts';
import { isObject, parseJson, refuseDeepJson } from './parse-json.ts';
import { inferObject } from './sample/infer-object.ts';
import { openSample } from './sample/sample.ts';

/**
 * The properties of a JSON sample: one object, a list of them, or one on each line (NDJSON).
 * @throws ImportRefused
 */
export async function readJsonSample(text: string, { notices, entity }: ReadContext): Promise<ImportedEntity[]> {
  const values = valuesOf(text);
  const list = values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;
  const objects = list.filter(isObject);
  const name = entity ?? 'imported';
  if (objects.length === 0)
    throw new ImportRefused(
      'nothing_to_import',
      'there is no object in the sample',
      'give one object, a list of objects, or one object on each line',
    );
  if (objects.length < list.length)
    notices.add(
      'not_an_object',
      { pointer: '' },
      `${list.length - objects.length} items of the sample are no objects and are passed over`,
    );
  if (objects.length > MAX_SAMPLE_ROWS)
    notices.add('sample_cut', {}, `the first ${MAX_SAMPLE_ROWS} objects are looked at`);
  const sample = await openSample(notices, false);
  const columns = inferObject(objects.slice(0, MAX_SAMPLE_ROWS), '', name, sample);
  return [{ name, place: { pointer: '' }, columns }];
}

/** One value of JSON, or one on each line. */
function valuesOf(text: string): unknown[] {
  const lines = text.trim().split('\n');
  const [first = ''] = lines;
  if (lines.length < 2 || !isWhole(first)) return [parseJson(text)];
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    refuseDeepJson(line);
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      throw new ImportRefused('invalid_source', `line ${index + 1} is not JSON`, 'in NDJSON every line is one value');
    }
  });
}

function isWhole(line: string): boolean {
  if (!line.trim().endsWith('}')) return false;
  refuseDeepJson(line);
  try {
    return isObject(JSON.parse(line));
  } catch {
    return false;
  }
}
