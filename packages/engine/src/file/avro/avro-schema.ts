import type { Column, ColumnType } from '../../format/column.ts';
import { avroName } from './avro-name.ts';

/** The schema of a record of these columns, as JSON (Avro specification 1.12, Schema Declaration and Logical Types). */
export const avroSchema = (name: string, columns: readonly Column[]): unknown =>
  recordOf(avroName(name), undefined, columns);

function recordOf(name: string, namespace: string | undefined, columns: readonly Column[]): unknown {
  const path = namespace === undefined ? name : `${namespace}.${name}`;
  const fields = columns.map((column) => {
    const own = avroName(column.name);
    const type = typeOf(column.type, own, path);
    return {
      name: own,
      // The name that the field has in the template, where Avro cannot have it.
      ...(own === column.name ? {} : { doc: column.name }),
      type: column.nullable ? ['null', type] : type,
    };
  });
  return { type: 'record', name, ...(namespace === undefined ? {} : { namespace }), fields };
}

function typeOf(type: ColumnType, name: string, path: string): unknown {
  switch (type.kind) {
    case 'boolean':
      return 'boolean';
    case 'integer':
      return type.min >= -(2n ** 31n) && type.max < 2n ** 31n ? 'int' : 'long';
    case 'decimal':
      return { type: 'bytes', logicalType: 'decimal', precision: type.precision, scale: type.scale };
    case 'number':
      return 'double';
    case 'text':
    case 'json':
      return 'string';
    case 'uuid':
      return { type: 'string', logicalType: 'uuid' };
    case 'date':
      return { type: 'int', logicalType: 'date' };
    case 'time':
      return { type: 'int', logicalType: 'time-millis' };
    case 'datetime':
      return { type: 'long', logicalType: 'timestamp-millis' };
    case 'object':
      return recordOf(name, path, type.fields);
    case 'list':
      return { type: 'array', items: recordOf(name, path, type.fields) };
  }
}
