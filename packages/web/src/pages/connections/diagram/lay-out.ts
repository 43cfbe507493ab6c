import type { Table, TableName } from '../../../api/connection-types.ts';

/** A table as it is drawn; lengths are pixels at full size. */
export interface Box {
  readonly table: Table;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Columns of its keys, as many as are drawn. */
  readonly columns: readonly { readonly name: string; readonly isPrimary: boolean; readonly isForeign: boolean }[];
  /** How many more there are. */
  readonly more: number;
}

/** A foreign key as it is drawn, from the table that it leads to. */
export interface Line {
  readonly id: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

export const HEAD_PX = 24;
export const COLUMN_PX = 18;
/** Characters of a name that are drawn. */
export const MOST_LETTERS = 30;
const MOST_COLUMNS = 10;
const GLYPH_PX = 6.8;
const SIDES_PX = 40;
const NARROWEST_PX = 120;
const MARGIN_PX = 16;

/** What tells a table from others. */
export const keyOf = ({ schema, name }: TableName): string => JSON.stringify([schema, name]);

/** Places tables so that those that are referred to stand left of those that refer to them. */
export async function layOut(tables: readonly Table[]): Promise<Drawing> {
  const { Graph, layout } = await import('@dagrejs/dagre');
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 64, marginx: MARGIN_PX, marginy: MARGIN_PX });
  graph.setDefaultEdgeLabel(() => ({}));
  const sizes = new Map(tables.map((table) => [keyOf(table), { table, ...sizeOf(table) }]));
  for (const [key, { width, height }] of sizes) graph.setNode(key, { width, height });
  for (const table of tables) {
    for (const [index, { to }] of table.foreignKeys.entries()) {
      if (sizes.has(keyOf(to))) graph.setEdge(keyOf(to), keyOf(table), {}, String(index));
    }
  }
  layout(graph);
  const boxes = [...sizes].map(([key, size]): Box => {
    const { x, y } = graph.node(key) as { x: number; y: number };
    return { ...size, left: x - size.width / 2, top: y - size.height / 2 };
  });
  const lines = graph.edges().map((edge): Line => {
    const { points = [] } = graph.edge(edge) as { points?: Line['points'] };
    return { id: JSON.stringify([edge.v, edge.w, edge.name]), points };
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width: Math.max(0, width), height: Math.max(0, height), boxes, lines };
}

function sizeOf({ name, primaryKey, foreignKeys }: Table): Pick<Box, 'width' | 'height' | 'columns' | 'more'> {
  const foreign = new Set(foreignKeys.flatMap(({ columns }) => columns));
  const primary = new Set(primaryKey?.columns ?? []);
  const all = [...new Set([...primary, ...foreign])];
  const columns = all.slice(0, MOST_COLUMNS).map((column) => ({
    name: column,
    isPrimary: primary.has(column),
    isForeign: foreign.has(column),
  }));
  const longest = Math.min(MOST_LETTERS, Math.max(name.length, ...columns.map((column) => column.name.length)));
  const more = all.length - columns.length;
  return {
    columns,
    more,
    width: Math.max(NARROWEST_PX, Math.ceil(longest * GLYPH_PX) + SIDES_PX),
    height: HEAD_PX + COLUMN_PX * (columns.length + (more > 0 ? 1 : 0)) + 6,
  };
}
