import { BSON, type Db, type Document } from 'mongodb';
import { ConnectionError } from '../connection-error.ts';
import type { SchemaNotice, Table, UniqueKey } from '../schema/schema.ts';
import { MOST_BYTES } from '../sql/byte-limit.ts';
import { columnOf } from './column.ts';
import { type Rules, readValidator } from './json-schema.ts';
import { fieldOf, seeValue } from './see-value.ts';
import { newShape, type Shape } from './shape.ts';

/** What there is under a name of a database. */
export interface Found {
  readonly name: string;
  readonly type: string;
  readonly options: Document;
}

/** A collection as far as it is known: what people see of it, and what its values are. */
export interface Collection {
  readonly table: Table;
  readonly shape: Shape;
  readonly notices: readonly SchemaNotice[];
}

/** Of these the older half and the newer, by `_id`. */
const SAMPLE = 1000;
const BATCH = 100;
/** Most fields that are told apart in one collection, at any depth. */
const MOST_PLACES = 20_000;

/** What people see: not what the server keeps for itself. @returns in the order of their names */
export async function findCollections(db: Db, name?: string): Promise<Found[]> {
  const filter = name === undefined ? {} : { name };
  const all: { name: string; type?: string }[] = [];
  let bytes = 0;
  for await (const one of db.listCollections(filter, { nameOnly: false })) {
    all.push(one);
    bytes += BSON.calculateObjectSize(one);
    if (bytes > MOST_BYTES) throw tooMany();
  }
  return all
    .filter((one) => !one.name.startsWith('system.'))
    .map((one) => ({ name: one.name, type: one.type ?? 'collection', options: (one as Document)['options'] ?? {} }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A collection that is not there yet. */
export const newCollection = (name: string): Collection => describeAs(name, newShape(), [], undefined, 0);

/** Looks at a collection: its validator, its indexes, and some of its documents. */
export async function readCollection(db: Db, { name, type, options }: Found): Promise<Collection> {
  const shape = await sample(db, name, type === 'collection');
  const isView = type === 'view';
  const indexes = isView ? [] : await db.collection(name).listIndexes().toArray();
  const estimate = isView ? null : await db.collection(name).estimatedDocumentCount();
  const made = describeAs(name, shape, indexes, options['validator'], estimate);
  if (type === 'collection') return made;
  return { ...made, notices: [...made.notices, { subject: name, message: `it is a ${type}` }] };
}

function describeAs(
  name: string,
  shape: Shape,
  indexes: readonly Document[],
  validator: unknown,
  rowEstimate: number | null,
): Collection {
  const rules = readValidator(validator, shape, name);
  const uniqueKeys = indexes.flatMap(uniqueKeyOf);
  return { table: tableOf(name, shape, rules, uniqueKeys, rowEstimate), shape, notices: rules.notices };
}

function tableOf(
  name: string,
  shape: Shape,
  rules: Rules,
  uniqueKeys: readonly UniqueKey[],
  rowEstimate: number | null,
): Table {
  const inKeys = uniqueKeys.flatMap(({ columns }) => columns).map((path) => path.split('.')[0] ?? path);
  const names = new Set(['_id', ...shape.fields.keys(), ...rules.fields.keys(), ...inKeys]);
  return {
    schema: '',
    name,
    comment: null,
    columns: [...names].map((column) => columnOf(column, fieldOf(shape, column), rules.fields.get(column))),
    primaryKey: { name: '_id_', columns: ['_id'] },
    uniqueKeys,
    foreignKeys: [],
    checks: rules.checks,
    rowEstimate,
    isOpen: !rules.isClosed,
  };
}

/** Of unique indexes that compare whole values; those of parts of the documents have a condition. */
function uniqueKeyOf({ name, key, unique, sparse, partialFilterExpression }: Document): UniqueKey[] {
  const columns = Object.keys(key ?? {});
  const isPlain = Object.values(key ?? {}).every((order) => Math.abs(Number(order)) === 1);
  if (unique !== true || !isPlain || name === '_id_') return [];
  const condition =
    partialFilterExpression !== undefined
      ? JSON.stringify(partialFilterExpression, (_, value) => (typeof value === 'bigint' ? String(value) : value))
      : sparse === true
        ? 'sparse'
        : null;
  return [{ name, columns, nullsAreEqual: true, condition }];
}

/** What documents are like, from the oldest and the newest. */
async function sample(db: Db, name: string, hasIndex: boolean): Promise<Shape> {
  const shape = newShape();
  const seen = { left: MOST_PLACES };
  // As classes: a double that is whole would be taken for an int.
  const classes = { promoteValues: false, useBigInt64: false };
  // Views and the like would have to be put in order first.
  const halves = [1, -1].map((order) => ({ sort: { _id: order as 1 | -1 }, limit: SAMPLE / 2 }));
  for (const some of hasIndex ? halves : [{ limit: SAMPLE }]) {
    const range = { ...some, batchSize: BATCH };
    const cursor = db.collection(name).find({}, { ...range, ...classes });
    let bytes = 0;
    for await (const document of cursor) {
      seeValue(shape, document, seen);
      bytes += BSON.calculateObjectSize(document);
      // What is that large is known well enough by a part of it.
      if (bytes > MOST_BYTES) break;
    }
  }
  return shape;
}

const tooMany = (): ConnectionError =>
  new ConnectionError('too_large', `the database says more than ${MOST_BYTES / 1024 / 1024} MiB of its collections`, {
    hint: 'take a user that sees fewer of them',
  });

/** @throws ConnectionError not_found */
export function noCollection(name: string): ConnectionError {
  return new ConnectionError('not_found', `there is no collection ${JSON.stringify(name.slice(0, 200))}`, {
    hint: 'make it first, or set the option createCollections',
  });
}
