import { isLabel, LABELS, type Label } from './judge/labels.ts';

/** A column of a real table, and what its values should look like. */
export interface LabelledColumn {
  readonly name: string;
  readonly label: Label;
  /** A second label that can be defended; null where there is none. */
  readonly alt: Label | null;
}

/** A table as its project publishes it: the names, and what is known of it. */
export interface LabelledTable {
  readonly source: string;
  readonly table: string;
  readonly domainHint: string | undefined;
  /** Such as de_DE; its language is that of the names. */
  readonly locale: string;
  readonly columns: readonly LabelledColumn[];
}

/**
 * The tables of a file: one JSON object a line, `{source, table, domain_hint, locale, columns: [{name, label, alt}]}`.
 * @param text of the file
 * @throws Error that names every line at fault and why
 */
export function readTables(text: string): LabelledTable[] {
  const faults: string[] = [];
  const tables = text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    try {
      return [tableOf(JSON.parse(line))];
    } catch (error) {
      faults.push(`line ${at + 1}: ${(error as Error).message}`);
      return [];
    }
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  if (tables.length === 0) throw new Error('there is no table in it');
  return tables;
}

type Json = Readonly<Record<string, unknown>>;

function tableOf(source: unknown): LabelledTable {
  const { source: origin, table, domain_hint: hint, locale, columns } = objectOf(source, 'a table');
  if (!Array.isArray(columns) || columns.length === 0) throw new Error('`columns` must list the columns');
  return {
    source: textOf(origin, 'source'),
    table: textOf(table, 'table'),
    domainHint: hint === undefined || hint === null ? undefined : textOf(hint, 'domain_hint'),
    locale: textOf(locale, 'locale'),
    columns: columns.map(columnOf),
  };
}

function columnOf(source: unknown): LabelledColumn {
  const { name, label, alt } = objectOf(source, 'a column');
  return {
    name: textOf(name, 'name'),
    label: labelOf(label),
    alt: alt === undefined || alt === null ? null : labelOf(alt),
  };
}

function objectOf(value: unknown, what: string): Json {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Json;
  throw new Error(`${what} must be an object`);
}

function textOf(value: unknown, key: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`\`${key}\` must be a text`);
}

function labelOf(value: unknown): Label {
  if (isLabel(value)) return value;
  throw new Error(`${JSON.stringify(value)} is not a label; there are ${LABELS.join(', ')}`);
}
