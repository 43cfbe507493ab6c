import type { ColumnKind } from '../imported-column.ts';
import type { Notices, Place } from '../notices.ts';
import { countKeyword } from './count-keyword.ts';
import type { Facts } from './facts.ts';
import type { Merged } from './merge-schemas.ts';
import { readBounds } from './read-bounds.ts';

/** Formats that are kinds of their own. */
const OF_FORMAT: Readonly<Record<string, ColumnKind>> = {
  date: 'date',
  'date-time': 'datetime',
  time: 'time',
  uuid: 'uuid',
  binary: 'binary',
};
/** Formats of numbers; int32 and the like bound them. */
const INTEGER_FORMATS = new Set([
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'unix-time',
]);
const NUMBER_FORMATS = new Set(['float', 'double', 'decimal']);

/** What a schema says of a single value: its bounds, lengths, pattern and format. */
export function readScalar(kind: ColumnKind, merged: Merged, place: Place, subject: string, notices: Notices): Facts {
  const value = (key: string): unknown => merged.keywords.get(key)?.value;
  const facts: { -readonly [K in keyof Facts]: Facts[K] } = { kind, place };
  const format = value('format');
  if (kind === 'integer' || kind === 'decimal') {
    readBounds(facts, merged, place, subject, notices);
    if (typeof format === 'string' && !INTEGER_FORMATS.has(format) && !NUMBER_FORMATS.has(format))
      notices.add(
        'unknown_format',
        place,
        `the format ${JSON.stringify(format.slice(0, 60))} of a number is not known`,
        subject,
      );
    return facts;
  }
  Object.assign(facts, countKeyword('minLength', merged), countKeyword('maxLength', merged));
  const pattern = value('pattern');
  if (typeof pattern === 'string') facts.pattern = pattern;
  if (typeof format !== 'string') {
    if (value('contentEncoding') === 'base64') facts.format = 'byte';
    return facts;
  }
  if (facts.kind === 'any') facts.kind = 'text';
  const special = OF_FORMAT[format];
  if (special !== undefined && (facts.pattern === undefined || special !== 'binary')) facts.kind = special;
  else facts.format = format;
  return facts;
}
