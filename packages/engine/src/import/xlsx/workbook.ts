import { nearest } from '../../text/nearest.ts';
import { ImportRefused, tooLarge } from '../import-refused.ts';
import { MAX_ENTITIES } from '../limits.ts';
import type { SheetRow } from './cell.ts';
import { Package, type Relation } from './package.ts';
import { damaged, unsupported } from './refusals.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readSheet, type SheetLimits } from './sheet.ts';
import { readStyles } from './styles.ts';

/** A sheet of cells, as the workbook lists it. */
export interface SheetInfo {
  readonly name: string;
  readonly isHidden: boolean;
  /** Name of its part. */
  readonly part: string;
}

/** The rows of a sheet, from its first. */
export interface SheetRows {
  readonly rows: readonly SheetRow[];
  /** Whether there are more. */
  readonly isCut: boolean;
  /** Cells with an error such as #N/A, which count as empty. */
  readonly errors: number;
}

/**
 * A workbook (.xlsx, ECMA-376 part 1). It is read as far as is asked for, and never further than the limits: an archive of a few
 * kilobytes may claim to hold gigabytes.
 */
export class Workbook {
  readonly #file: Package;
  readonly #related: readonly Relation[];
  readonly #is1904: boolean;
  /** Those with cells, in their order. */
  readonly sheets: readonly SheetInfo[];

  /** @throws ImportRefused for what is no workbook: `invalid_source`, `encrypted_source`, `unsupported_workbook`, `import_too_large` */
  constructor(bytes: Uint8Array) {
    this.#file = new Package(bytes);
    const root = [...this.#file.relations('').values()].find(({ type }) => type === 'officeDocument');
    const part = root?.target ?? 'xl/workbook.xml';
    if (!this.#file.has(part))
      throw new ImportRefused('invalid_source', 'the archive holds no workbook', 'give an .xlsx file');
    if (part.endsWith('.bin')) throw unsupported('the source is a binary workbook (.xlsb), not .xlsx');
    const relations = this.#file.relations(part);
    const sheets: SheetInfo[] = [];
    let isWorkbook = false;
    let is1904 = false;
    this.#file.read(part, {
      open: (name, attribute) => {
        if (name === 'workbook') isWorkbook = true;
        if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attribute('date1904') ?? '');
        if (name !== 'sheet') return;
        const relation = relations.get(attribute('id', 'any') ?? '');
        if (relation === undefined) throw damaged('a sheet of it has no part');
        if (relation.type !== 'worksheet') return;
        if (sheets.length >= MAX_ENTITIES) throw tooLarge(`there are more than ${MAX_ENTITIES} sheets`);
        const isHidden = (attribute('state') ?? 'visible') !== 'visible';
        sheets.push({ name: (attribute('name') ?? '').slice(0, 200), isHidden, part: relation.target });
      },
    });
    if (!isWorkbook) throw new ImportRefused('invalid_source', 'the archive holds no workbook', 'give an .xlsx file');
    this.#related = [...relations.values()];
    this.#is1904 = is1904;
    this.sheets = sheets;
  }

  /**
   * The sheet of a name, in whatever case.
   * @param refusal how a sheet that is missing is told of
   * @throws ImportRefused
   */
  find(name: string, refusal: { readonly code: string; readonly pointer: string }): SheetInfo {
    const fold = (text: string): string => text.toLowerCase();
    const found =
      this.sheets.find((sheet) => sheet.name === name) ?? this.sheets.find((sheet) => fold(sheet.name) === fold(name));
    if (found !== undefined) return found;
    const names = this.sheets.map((sheet) => sheet.name);
    const near = nearest(name, names);
    const list = names
      .slice(0, 20)
      .map((text) => JSON.stringify(text.slice(0, 60)))
      .join(', ');
    throw new ImportRefused(
      refusal.code,
      `there is no sheet ${JSON.stringify(name.slice(0, 60))}`,
      near === undefined ? `there are: ${list}` : `did you mean ${JSON.stringify(near.slice(0, 60))}?`,
      refusal.pointer,
    );
  }

  /** The rows of sheets, in the order of the sheets. @throws ImportRefused */
  read(sheets: readonly SheetInfo[], limits: SheetLimits): SheetRows[] {
    const styles = readStyles(this.#file, this.#partOf('styles'));
    const wanted = new Set<number>();
    const left = { ...limits };
    const raw = sheets.map((sheet) => {
      const found = readSheet(this.#file, sheet.part, { styles, is1904: this.#is1904, wanted }, left);
      left.cells -= found.cells;
      return found;
    });
    const strings = readSharedStrings(this.#file, this.#partOf('sharedStrings'), wanted);
    return raw.map(({ rows, isCut, errors }) => ({ rows: rows.flatMap((row) => row.resolve(strings)), isCut, errors }));
  }

  #partOf(type: string): string | undefined {
    return this.#related.find((relation) => relation.type === type)?.target;
  }
}
