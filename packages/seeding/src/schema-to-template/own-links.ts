import type { ForeignKey, Table, Value } from '@datamaker/connectors';
import type { FieldDocument } from '@datamaker/engine/import';
import { tableId } from '../plan/table-id.ts';
import type { Filling, OwnNotice, OwnTemplateOptions } from './own-template.ts';

/** A foreign key, and what its columns take their values from. */
export interface OwnLink {
  readonly key: ForeignKey;
  /** `self`: what the row itself is found by. */
  readonly filling: Filling | 'null' | 'self';
}

/** A field without its name. */
export type Draft = Omit<FieldDocument, 'name'>;

/** Most rows of another table that keys are picked from. */
const TOP = 1000;
const NULL_PERCENTAGE = 10;

/**
 * What the columns of foreign keys take their values from. Longer keys come first: a shorter one over some of the same columns is
 * met by them in most schemas, and told of.
 */
export async function linksOf(
  table: Table,
  fields: ReadonlySet<string>,
  { filling }: OwnTemplateOptions,
  tell: (notice: OwnNotice) => void,
): Promise<readonly OwnLink[]> {
  const links: OwnLink[] = [];
  const taken = new Set<string>();
  const nullable = new Set(table.columns.flatMap((column) => (column.nullable ? [column.name] : [])));
  for (const key of table.foreignKeys.toSorted((a, b) => b.columns.length - a.columns.length)) {
    const subject = `${table.name}.${key.columns.join(', ')}`;
    const to = `${tableId(key.to)}.${key.toColumns.join(', ')}`;
    const say = (what: string): void => tell({ code: 'foreign_key', subject, message: `refers to ${to}: ${what}` });
    if (!key.columns.every((name) => fields.has(name))) {
      say('some of its columns are no fields');
      continue;
    }
    if (key.columns.some((name) => taken.has(name))) {
      const open = key.columns.filter((name) => nullable.has(name) && !taken.has(name));
      if (open.length > 0) {
        // A key that is null in part refers to nothing (ISO/IEC 9075-2, 4.18.3.1: MATCH SIMPLE).
        say(`it shares columns with another foreign key: ${open.join(', ')} is null in each row`);
        for (const name of open) taken.add(name);
        links.push({ key: { ...key, columns: open }, filling: 'null' });
        continue;
      }
      say('it shares columns with another foreign key, which they follow: whether it is met is not known');
      continue;
    }
    for (const name of key.columns) taken.add(name);
    const isSelf = key.to.name === table.name && key.to.schema === table.schema;
    const mayBeNull = key.columns.some((name) => nullable.has(name));
    if (isSelf && mayBeNull) {
      say('null in each row, since the rows of this table are not there before it is filled');
      links.push({ key, filling: 'null' });
      continue;
    }
    if (isSelf && key.toColumns.every((name) => fields.has(name) && !key.columns.includes(name))) {
      links.push({ key, filling: 'self' });
      continue;
    }
    const found = await filling?.(key, table);
    if (found === undefined) {
      if (mayBeNull) {
        say('null in each row: nothing is known of the rows there');
        links.push({ key, filling: 'null' });
      } else {
        say('filled by type and name alone, which rows there do not have: take the values from them');
      }
      continue;
    }
    say(sentenceOf(found));
    links.push({ key, filling: found });
  }
  return links;
}

function sentenceOf(filling: Filling): string {
  switch (filling.how) {
    case 'rows':
      return `picked from its rows when rows are made (${filling.type}, the first ${TOP}); save a set of them to push it as a run`;
    case 'template':
      return `the keys of the first ${filling.rows} rows of its template for the same seed (reference): push those first`;
    default:
      return `one of ${filling.values.length} keys that are there now`;
  }
}

/** The fields of the columns of a link. @param at number of the link: two that pick from one table pick different rows */
export function fieldsOfLink(
  { key, filling }: OwnLink,
  table: Table,
  { at, unique, digit }: { readonly at: number; readonly unique: boolean; readonly digit: number | undefined },
): ReadonlyMap<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const [i, name] of key.columns.entries()) {
    const column = table.columns.find((one) => one.name === name);
    const isNullable = column?.nullable === true && !unique && digit === undefined && !isPrimary(table, name);
    // One part that is null leaves the whole key unchecked, and another would not be of the same row.
    const nulls = isNullable && key.columns.length === 1 ? { null_percentage: NULL_PERCENTAGE } : {};
    drafts.set(name, draftOf(filling, i, key, { at, unique, digit, nulls }));
  }
  return drafts;
}

interface Way {
  readonly at: number;
  readonly unique: boolean;
  readonly digit: number | undefined;
  readonly nulls: object;
}

function draftOf(filling: OwnLink['filling'], i: number, key: ForeignKey, { at, unique, digit, nulls }: Way): Draft {
  const column = key.toColumns[i] ?? '';
  if (typeof filling === 'string') return { type: 'null' };
  switch (filling.how) {
    case 'rows': {
      const { type, connection } = filling;
      const { schema, name } = key.to;
      const place =
        type === 'api_response' ? { endpoint: name } : schema === '' ? { table: name } : { table: name, schema };
      const order = unique ? { order: 'sequential' } : {};
      // Fields with the same options take the same row, so those of another foreign key ask for another number of them.
      return { type, options: { connection, ...place, query: column, top: TOP - at, ...order, ...nulls } };
    }
    case 'template': {
      const { of, rows } = filling;
      const place = typeof of === 'string' ? { template_id: of } : { fields: of };
      const told = digit === undefined ? (unique ? { unique: true } : {}) : { per_parent: digit };
      // Without a group of their own two references to one template mean the same row.
      const group =
        digit === undefined && !unique && (at > 0 || typeof of !== 'string') ? { group: `reference ${at}` } : {};
      return { type: 'reference', options: { ...place, field: column, rows, ...told, ...group, ...nulls } };
    }
    default:
      return valuesOf(filling.values, unique, nulls);
  }
}

const valuesOf = (values: readonly Value[], unique: boolean, nulls: object): Draft => ({
  type: 'enum',
  options: { values: values.map(plain), ...(unique ? { unique: true } : nulls) },
});

/** As JSON has it. */
const plain = (value: Value): Value =>
  typeof value === 'bigint' ? (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)) : value;

const isPrimary = (table: Table, name: string): boolean => table.primaryKey?.columns.includes(name) === true;
