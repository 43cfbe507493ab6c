import papaparse from 'papaparse';
import type { ReadContext } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ImportedEntity } from './imported-column.ts';
import { MAX_COLUMNS, MAX_CSV_SAMPLE, MAX_SAMPLE_ROWS } from './limits.ts';
import { inferColumn } from './sample/infer-column.ts';
import { openSample } from './sample/sample.ts';

/**
 * The columns of a CSV sample with a header: types, bounds, closed sets and shares of empty cells as the values show them. Values
 * themselves stay out of the template, but for numbers and dates as bounds and for short closed sets.
 * @throws ImportRefused
 */
export async function readCsvSample(text: string, { notices, entity }: ReadContext): Promise<ImportedEntity[]> {
  const sampled = beginningOf(text);
  const { data, errors, meta } = papaparse.parse<string[]>(sampled, {
    preview: MAX_SAMPLE_ROWS + 1,
    skipEmptyLines: true,
  });
  // A cell of several lines may be cut at the end of the sample: its row does not count.
  const cut = sampled.length < text.length && !meta.truncated;
  if (cut) data.pop();
  const fatal = errors.find(({ type, row }) => type === 'Quotes' && !(cut && (row ?? 0) >= data.length));
  if (fatal !== undefined)
    throw new ImportRefused(
      'invalid_source',
      `the quotes of row ${(fatal.row ?? 0) + 1} do not match`,
      'double the quotes inside of quoted cells',
    );
  const [header = [], ...rows] = data;
  if (header.length > MAX_COLUMNS) throw tooLarge(`there are more than ${MAX_COLUMNS} columns`);
  if (rows.length === 0)
    throw new ImportRefused('nothing_to_import', 'there is no row below the header', 'give a header and some rows');
  if (header.every((name) => /^[\d.,-]*$/.test(name.trim())))
    throw new ImportRefused('invalid_source', 'the first row holds numbers, not the names of columns', 'give a header');
  if (meta.truncated || sampled.length < text.length)
    notices.add('sample_cut', {}, `the first ${rows.length} rows are looked at`);
  let ragged = 0;
  let firstRagged = 0;
  rows.forEach((row, index) => {
    if (row.length === header.length) return;
    if (ragged++ === 0) firstRagged = index + 2;
  });
  if (ragged > 0)
    notices.add(
      'ragged_rows',
      { line: firstRagged },
      `${ragged} rows have more or fewer cells than the header: missing ones count as empty, surplus ones are left out (the number is that of the first row)`,
    );
  const sample = await openSample(notices, true);
  const name = entity ?? 'imported';
  const columns = header.map((given, index) => {
    const label = given.trim();
    const cells = rows.map((row) => row[index] ?? '').filter((cell) => cell !== '');
    const place = { line: 1 };
    const subject = `${name}.${label}`;
    const isComma = meta.delimiter !== ',' && hasDecimalComma(cells);
    if (isComma)
      notices.add('decimal_comma', place, 'numbers with a decimal comma: the template gives a point', subject);
    const values = isComma ? cells.map((cell) => cell.replace(',', '.')) : cells;
    return inferColumn(label, values, rows.length, place, sample, subject);
  });
  return [{ name, place: { line: 1 }, columns }];
}

const hasDecimalComma = (cells: readonly string[]): boolean =>
  cells.some((cell) => cell.includes(',')) && cells.every((cell) => /^-?\d{1,15}(?:,\d{1,15})?$/.test(cell));

/** Whole lines of the beginning. */
function beginningOf(text: string): string {
  if (text.length <= MAX_CSV_SAMPLE) return text;
  const end = text.lastIndexOf('\n', MAX_CSV_SAMPLE);
  if (end === -1)
    throw tooLarge(`the first line has more than ${MAX_CSV_SAMPLE / 1024} KiB`, 'give lines of a usual length');
  return text.slice(0, end + 1);
}
