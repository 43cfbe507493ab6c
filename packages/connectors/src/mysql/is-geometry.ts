import type { Column } from '../schema/schema.ts';

/** Whether a column holds shapes, which travel as text (WKT). */
export const isGeometry = ({ type }: Pick<Column, 'type'>): boolean =>
  /^(?:geometry|point|linestring|polygon|multipoint|multilinestring|multipolygon|geometrycollection|geomcollection)\b/i.test(
    type,
  );
