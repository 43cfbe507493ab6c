import type { Column } from '../schema/schema.ts';

/** Whether a column holds shapes, which travel as text (WKT). */
export const isGeometry = ({ type }: Pick<Column, 'type'>): boolean =>
  /^(?:geometry|point|linestring|polygon|multipoint|multilinestring|multipolygon|geometrycollection|geomcollection)\b/i.test(
    type,
  );

const SHAPES: Readonly<Record<string, string>> = {
  linestring: 'LINESTRING(0 0,1 1)',
  polygon: 'POLYGON((0 0,1 0,1 1,0 0))',
  multipoint: 'MULTIPOINT(0 0)',
  multilinestring: 'MULTILINESTRING((0 0,1 1))',
  multipolygon: 'MULTIPOLYGON(((0 0,1 0,1 1,0 0)))',
  geometrycollection: 'GEOMETRYCOLLECTION(POINT(0 0))',
  geomcollection: 'GEOMETRYCOLLECTION(POINT(0 0))',
};

/** A shape that a column takes, as text. */
export const sampleShape = (type: string): string => SHAPES[type.toLowerCase()] ?? 'POINT(0 0)';
