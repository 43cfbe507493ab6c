import type { ReadContext } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ImportedColumn, ImportedEntity } from './imported-column.ts';
import { MAX_COLUMNS, MAX_SAMPLE_ROWS, MAX_XLSX_CELLS } from './limits.ts';
import { inferColumn } from './sample/infer-column.ts';
import { openSample, type Sample } from './sample/sample.ts';
import type { SheetRow, SheetRows } from './xlsx/index.ts';
import { Workbook } from './xlsx/index.ts';

/**
 * The columns of each sheet of a workbook: its first row with a value is the header, the rows below it are the sample. Types are
 * those of the cells (a number that is kept as text is a text). Hidden sheets are read only when they are asked for.
 * @throws ImportRefused
 */
export async function readXlsxSample(bytes: Uint8Array, { notices, entity }: ReadContext): Promise<ImportedEntity[]> {
  const workbook = new Workbook(bytes);
  const wanted =
    entity === undefined ? workbook.sheets.filter(({ isHidden }) => !isHidden) : [workbook.find(entity, NOT_FOUND)];
  const hidden = entity === undefined ? workbook.sheets.filter(({ isHidden }) => isHidden) : [];
  for (const { name } of hidden)
    notices.add('hidden_sheet', {}, 'the sheet is hidden: it is read when it is named', name);
  const contents = workbook.read(wanted, { rows: MAX_SAMPLE_ROWS + 1, cells: MAX_XLSX_CELLS });
  const sample = await openSample(notices, false);
  const entities: ImportedEntity[] = [];
  let columns = 0;
  contents.forEach((content, index) => {
    const name = wanted[index]?.name ?? '';
    const [header, ...rows] = content.rows;
    const problem = problemOf(header, rows);
    if (problem !== undefined) {
      if (wanted.length === 1) throw problem;
      notices.add(problem.diagnostic.code, {}, problem.message, name);
      return;
    }
    if (header === undefined) return;
    columns += Math.max(...header.cells.keys()) + 1;
    if (columns > MAX_COLUMNS) throw tooLarge(`there are more than ${MAX_COLUMNS} columns`);
    tellOf(content, name, sample);
    entities.push({ name, place: { line: header.number }, columns: columnsOf(header, rows, name, sample) });
  });
  if (entities.length === 0)
    throw new ImportRefused('nothing_to_import', 'no sheet has a header and rows below it', 'give a header and rows');
  return entities;
}

const NOT_FOUND = { code: 'entity_not_found', pointer: '/entity' };

function problemOf(header: SheetRow | undefined, rows: readonly SheetRow[]): ImportRefused | undefined {
  if (header === undefined) return new ImportRefused('nothing_to_import', 'the sheet is empty');
  if ([...header.cells.values()].every(({ kind }) => kind !== 'text'))
    return new ImportRefused(
      'invalid_source',
      `row ${header.number}, the first of the sheet, holds values, not the names of columns`,
      'give a header',
    );
  if (rows.length > 0) return undefined;
  return new ImportRefused('nothing_to_import', 'there is no row below the header', 'give a header and some rows');
}

function tellOf({ rows, isCut, errors }: SheetRows, name: string, { notices }: Sample): void {
  if (isCut) notices.add('sample_cut', {}, `the first ${rows.length - 1} rows are looked at`, name);
  if (errors > 0)
    notices.add('cell_errors', {}, `${errors} cells have an error such as #N/A: they count as empty`, name);
}

/** A column for each cell of the header, from the first column with a name or a value to the last with a name. */
function columnsOf(header: SheetRow, rows: readonly SheetRow[], sheet: string, sample: Sample): ImportedColumn[] {
  const values = new Map<number, unknown[]>();
  for (const column of header.cells.keys()) values.set(column, []);
  const unnamed = new Set<number>();
  for (const { cells } of rows) {
    for (const [column, { value }] of cells) {
      const list = values.get(column);
      if (list === undefined) unnamed.add(column);
      else list.push(value);
    }
  }
  const place = { line: header.number };
  if (unnamed.size > 0)
    sample.notices.add(
      'unnamed_columns',
      place,
      `${unnamed.size} columns have values but no name: they are left out`,
      sheet,
    );
  return [...values]
    .toSorted(([a], [b]) => a - b)
    .map(([column, list]) => {
      const name = String(header.cells.get(column)?.value ?? '').trim();
      return inferColumn(name, list, rows.length, place, sample, `${sheet}.${name}`.slice(0, 300));
    });
}
