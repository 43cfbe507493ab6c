import { singular } from '../normalise/translate.ts';
import { kind } from '../rules/guess.ts';
import type { TableContext } from '../table/table-context.ts';
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
  const own = fields.find((field, index) => isOwn(field, index, context));
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
  for (const [index, field] of fields.entries())
    if (NAMES_OF_ROWS.has(field.guess.type) && namesRow(field, index, context)) withOptions(field, { unique: true });
};

/** The first column when it names a row of this table, or one called after it. */
function isOwn(field: DraftField, index: number, { entity }: TableContext): boolean {
  const { words } = field.reading;
  if (field.guess.kind !== 'id' && field.guess.kind !== 'key' && field.guess.type !== 'uuid') return false;
  if (words.length === 1) return words[0] === 'id' || (words[0] === 'uuid' && index === 0);
  if (!words.includes('id')) return false;
  if (index === 0) return true;
  return entity !== undefined && words.every((word) => word === 'id' || singular(word) === entity);
}

function namesRow({ reading, guess }: DraftField, index: number, { entity }: TableContext): boolean {
  if (guess.kind !== 'code' && guess.kind !== 'number' && guess.type === 'regex') return false;
  const [first] = reading.words;
  const ofEntity = first !== undefined && entity !== undefined && singular(first) === entity;
  return (
    (index < 3 && reading.words.length === 1 && guess.type !== 'regex') || (ofEntity && reading.words.length === 2)
  );
}
