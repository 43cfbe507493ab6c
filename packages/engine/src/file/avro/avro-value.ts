import type { Column, ColumnType } from '../../format/column.ts';
import { toDays, toMillis, toMillisOfDay } from '../parse-values.ts';
import { toUnscaled } from '../to-unscaled.ts';
import type { AvroBuffer } from './avro-buffer.ts';

type Write = (value: unknown, out: AvroBuffer) => void;

/** What writes a JSON value of a column, as `avroSchema` describes it. */
export function avroValue({ type, nullable }: Column): Write {
  const write = writeOf(type);
  if (!nullable) return write;
  return (value, out) => {
    out.long(value === null ? 0 : 1);
    if (value !== null) write(value, out);
  };
}

function writeOf(type: ColumnType): Write {
  switch (type.kind) {
    case 'boolean':
      return (value, out) => out.boolean(value as boolean);
    case 'integer':
      return (value, out) => out.long(value as number);
    case 'decimal':
      return (value, out) => out.unscaled(toUnscaled(value as number, type));
    case 'number':
      return (value, out) => out.double(value as number);
    case 'text':
      return (value, out) => out.string(typeof value === 'string' ? value : JSON.stringify(value));
    case 'json':
      return (value, out) => out.string(JSON.stringify(value));
    case 'uuid':
      return (value, out) => out.string(value as string);
    case 'date':
      return (value, out) => out.long(toDays(value as string));
    case 'time':
      return (value, out) => out.long(toMillisOfDay(value as string));
    case 'datetime':
      return (value, out) => out.long(toMillis(value as string));
    case 'object':
      return membersOf(type.fields);
    case 'list': {
      const members = membersOf(type.fields);
      return (value, out) => {
        const items = value as unknown[];
        if (items.length > 0) out.long(items.length);
        for (const item of items) members(item, out);
        out.long(0);
      };
    }
  }
}

function membersOf(fields: readonly Column[]): Write {
  const writes = fields.map((field) => [field.name, avroValue(field)] as const);
  return (value, out) => {
    for (const [name, write] of writes) write((value as Record<string, unknown>)[name], out);
  };
}
