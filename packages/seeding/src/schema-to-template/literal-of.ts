import type { Column } from '@datamaker/connectors';

/** Types that no field of the engine makes, and a value that each of them takes. */
const LITERALS: Readonly<Record<string, unknown>> = {
  tsvector: 'word',
  tsquery: 'word',
  hstore: '',
  point: '(0,0)',
  line: '{1,1,0}',
  lseg: '[(0,0),(1,1)]',
  box: '(1,1),(0,0)',
  path: '[(0,0),(1,1)]',
  polygon: '((0,0),(1,1),(1,0))',
  circle: '<(0,0),1>',
  geometry: 'POINT(0 0)',
  geography: 'POINT(0 0)',
  int4range: '[1,10)',
  int8range: '[1,10)',
  numrange: '[1,10)',
  daterange: '[2024-01-01,2025-01-01)',
  tsrange: '[2024-01-01,2025-01-01)',
  tstzrange: '[2024-01-01,2025-01-01)',
  hierarchyid: '/1/',
  jsonpath: '$',
  pg_lsn: '0/0',
};

/** The value of a column that no field type makes; undefined: one does. */
export function literalOf({ kind, type, dimensions, nullable, sample }: Column): unknown {
  // As PostgreSQL writes a list: its own reader and that of COPY take it.
  if (dimensions > 0) return '{}';
  if (kind === 'xml') return '<x/>';
  if (kind === 'interval') return 'P1D';
  if (kind !== 'other') return undefined;
  if (sample !== undefined) return sample;
  const name = type.replace(/\(.*$/s, '').trim().split('.').at(-1)?.toLowerCase() ?? '';
  return LITERALS[name] ?? (nullable ? null : undefined);
}

/** Whether something is known to go into the column. */
export const isKnownType = (column: Column): boolean => column.kind !== 'other' || literalOf(column) !== undefined;
