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
/** Room at the right of a table for a key to itself. */
const LOOP_PX = 16;

/** What tells a table from others. */
export const keyOf = ({ schema, name }: TableName): string => JSON.stringify([schema, name]);

/** Places tables so that those that are referred to stand left of those that refer to them. */
export async function layOut(tables: readonly Table[]): Promise<Drawing> {
  const { Graph, layout } = await import('@dagrejs/dagre');
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 64 });
  graph.setDefaultEdgeLabel(() => ({}));
  const sizes = new Map(tables.map((table) => [keyOf(table), { table, ...sizeOf(table) }]));
  // A key to the table itself is drawn beside it: the library leads it out of the picture where ranks go from left to right.
  for (const [key, { table, width, height }] of sizes) {
    graph.setNode(key, { width: width + (refersToItself(table) ? LOOP_PX : 0), height });
  }
  for (const table of tables) {
    for (const [index, { to }] of table.foreignKeys.entries()) {
      const isOwn = keyOf(to) === keyOf(table);
      if (sizes.has(keyOf(to)) && !isOwn) graph.setEdge(keyOf(to), keyOf(table), {}, String(index));
    }
  }
  layout(graph);
  const boxes = [...sizes].map(([key, size]): Box => {
    const { x, y } = graph.node(key) as { x: number; y: number };
    const loop = refersToItself(size.table) ? LOOP_PX : 0;
    return { ...size, left: x - (size.width + loop) / 2, top: y - size.height / 2 };
  });
  const lines = graph.edges().map((edge): Line => {
    const { points = [] } = graph.edge(edge) as { points?: Line['points'] };
    const start = sizes.get(edge.v);
    const isBesideLoop = start !== undefined && refersToItself(start.table);
    // Over the room for the loop, to the table itself.
    const over = points.slice(0, isBesideLoop ? 1 : 0).map(({ x, y }) => ({ x: x - LOOP_PX, y }));
    return { id: JSON.stringify([edge.v, edge.w, edge.name]), points: [...over, ...points] };
  });
  const loops = boxes.filter(({ table }) => refersToItself(table)).map(loopOf);
  return framed(boxes, [...lines, ...loops]);
}

/** All of it with a margin around: the library counts tables alone, and leads lines past them. */
function framed(boxes: readonly Box[], lines: readonly Line[]): Drawing {
  const points = lines.flatMap((line) => line.points);
  const least = (all: readonly number[]): number => all.reduce((one, other) => Math.min(one, other), 0);
  const most = (all: readonly number[]): number => all.reduce((one, other) => Math.max(one, other), 0);
  const left = least([...boxes.map((box) => box.left), ...points.map(({ x }) => x)]) - MARGIN_PX;
  const top = least([...boxes.map((box) => box.top), ...points.map(({ y }) => y)]) - MARGIN_PX;
  const right = most([...boxes.map((box) => box.left + box.width), ...points.map(({ x }) => x)]) + MARGIN_PX;
  const bottom = most([...boxes.map((box) => box.top + box.height), ...points.map(({ y }) => y)]) + MARGIN_PX;
  return {
    width: right - left,
    height: bottom - top,
    boxes: boxes.map((box) => ({ ...box, left: box.left - left, top: box.top - top })),
    lines: lines.map(({ id, points: old }) => ({ id, points: old.map(({ x, y }) => ({ x: x - left, y: y - top })) })),
  };
}

const refersToItself = (table: Table): boolean => table.foreignKeys.some(({ to }) => keyOf(to) === keyOf(table));

function loopOf({ table, left, top, width, height }: Box): Line {
  const right = left + width;
  const [upper, lower] = [top + HEAD_PX / 2, top + height - COLUMN_PX / 2];
  const points = [
    { x: right, y: upper },
    { x: right + LOOP_PX - 2, y: upper },
    { x: right + LOOP_PX - 2, y: lower },
    { x: right, y: lower },
  ];
  return { id: keyOf(table), points };
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
