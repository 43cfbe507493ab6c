import type { Generated } from './generate-values.ts';
import { fits } from './judge/fits.ts';
import type { Label } from './judge/labels.ts';
import type { LabelledColumn, LabelledTable } from './read-tables.ts';

/** How a column came out. */
export interface Verdict {
  readonly source: string;
  readonly table: string;
  /** Language of the table's names, by its locale: two letters. */
  readonly language: string;
  readonly column: string;
  readonly label: Label;
  readonly alt: Label | null;
  /** Key of the inferred type; undefined where inference failed. */
  readonly type: string | undefined;
  /** The values look like the label. */
  readonly strict: boolean;
  /** They look like the label or like the alternative. */
  readonly either: boolean;
  /** The first values. */
  readonly values: readonly unknown[];
  /** Why there are no values. */
  readonly fault: string | undefined;
}

/** Judges the values of every column of a table. Without rows, every column is wrong. */
export function score(table: LabelledTable, generated: Generated): Verdict[] {
  const types = new Map(generated.inference?.fields.map(({ name, type }) => [name, type]));
  const rows = 'rows' in generated ? generated.rows : [];
  const judge = ({ name, label, alt }: LabelledColumn): Verdict => {
    const values = rows.map((row) => row[name]);
    const strict = fits(label, values);
    return {
      source: table.source,
      table: table.table,
      language: table.locale.slice(0, 2),
      column: name,
      label,
      alt,
      type: types.get(name),
      strict,
      either: strict || (alt !== null && fits(alt, values)),
      values: values.slice(0, 3),
      fault: 'fault' in generated ? generated.fault : undefined,
    };
  };
  return table.columns.map(judge);
}
