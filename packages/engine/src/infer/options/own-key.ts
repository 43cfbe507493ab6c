import { singular } from '../normalise/singular.ts';
import { kind } from '../rules/guess.ts';
import { entityClassOf } from '../table/entity-class.ts';
import type { EntityClass, TableContext } from '../table/table-context.ts';
import { type DraftField, type TablePass, withOptions } from './draft-field.ts';

/** Types that name rows and can be unique for any number of rows that is asked for. */
const NAMES_OF_ROWS = new Set([
  'regex',
  'sku',
  'order_number',
  'invoice_number',
  'ticket_number',
  'contract_number',
  'tracking_number',
]);

/**
 * The table's own key counts up or is unique, so that no two rows have the same; keys of other tables are of the kind of
 * the own one.
 */
export const ownKey: TablePass = (fields, context) => {
  const own = ownOf(fields, context);
  if (own?.guess.kind === 'id' || own?.guess.kind === 'key') {
    const made = kind('key');
    own.guess = { ...own.guess, ...made, reason: `${own.guess.reason}; the key of the table counts up`, kind: 'key' };
  } else if (own?.guess.type === 'uuid' && own.reading.words.at(-1) === 'id') {
    for (const field of fields)
      if (field !== own && field.guess.kind === 'id')
        field.guess = {
          ...field.guess,
          type: 'uuid',
          options: {},
          reason: `${field.guess.reason}; like the key of the table`,
        };
  }
  for (const field of fields)
    if (NAMES_OF_ROWS.has(field.guess.type) && namesRow(field, context)) withOptions(field, { unique: true });
};

/** The column called `id`, else the one called after what a row is or after the table, else the only key there is. */
function ownOf(fields: readonly DraftField[], { entity, subject }: TableContext): DraftField | undefined {
  const keys = fields.filter(
    ({ guess, reading }) =>
      (guess.kind === 'id' || guess.kind === 'key' || guess.type === 'uuid') &&
      (reading.words.includes('id') || reading.words.join() === 'uuid'),
  );
  const called = (fits: (word: string) => boolean): DraftField | undefined =>
    keys.find(({ reading }) => reading.words.every((word) => word === 'id' || fits(word)));
  return (
    called(() => false) ??
    called((word) => entity !== undefined && singular(word) === entity) ??
    called((word) => subject.has(word)) ??
    (keys.length === 1 ? keys[0] : (only(keys, HAPPENING) ?? only(keys, WRITTEN)))
  );
}

/** What happens refers to who and what takes part in it, not the other way round: of an order and a customer the order is the row. */
const HAPPENING: readonly EntityClass[] = ['order', 'event'];
const WRITTEN: readonly EntityClass[] = ['document'];

/** The key of such a thing, when it is the only one. */
function only(keys: readonly DraftField[], classes: readonly EntityClass[]): DraftField | undefined {
  const found = keys.filter(({ reading: { words } }) => {
    const noun = words.find((word) => word !== 'id');
    const entityClass = noun === undefined ? undefined : entityClassOf(noun);
    return entityClass !== undefined && classes.includes(entityClass);
  });
  return found.length === 1 ? found[0] : undefined;
}

/** A number or code by itself that is called after what a row is, or a product's. */
function namesRow({ reading, guess }: DraftField, { entity, entityClass }: TableContext): boolean {
  if (guess.kind !== 'code' && guess.kind !== 'number' && guess.type === 'regex') return false;
  const [first] = reading.words;
  const ofEntity = first !== undefined && entity !== undefined && singular(first) === entity;
  const alone = guess.type === 'sku' ? entityClass === 'product' : guess.type.split('_')[0] === entity;
  return (alone && reading.words.length === 1) || (ofEntity && reading.words.length === 2);
}
