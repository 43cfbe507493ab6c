import type { Column } from '../schema/schema.ts';
import { jsonValue } from '../sql/json-text.ts';
import type { Value } from '../value.ts';
import { listDelimiter } from './list-delimiter.ts';
import { parseList } from './parse-list.ts';

/** A value that PostgreSQL wrote as text, with the settings of `connectPostgres`. */
export function parseValue(text: string, column: Pick<Column, 'kind' | 'type' | 'dimensions'>): Value {
  if (column.dimensions > 0)
    return parseList(text, (element) => scalar(element, column.kind), listDelimiter(column.type));
  return scalar(text, column.kind);
}

function scalar(text: string, kind: Column['kind']): Value {
  switch (kind) {
    case 'integer': {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : BigInt(text);
    }
    case 'float':
      return Number(text);
    case 'boolean':
      return text === 't';
    case 'binary':
      // A Buffer would compare unlike the bytes that it holds.
      return new Uint8Array(Buffer.from(text.slice(2), 'hex'));
    case 'json':
      return jsonValue(text);
    case 'datetime':
      return text.replace(' ', 'T');
    case 'datetime_zoned':
      return text.replace(' ', 'T').replace('+00', 'Z');
    default:
      return text;
  }
}
