import { buildApp } from '../http/app.ts';
import type { RouteRow } from '../http/route-table.ts';
import { Cursors } from '../security/cursor.ts';
import { MaskKeys } from '../security/mask-keys.ts';

/** All routes that a server has. */
export async function routesOfApp(): Promise<readonly RouteRow[]> {
  const app = await buildApp({
    store: {} as never,
    cursors: new Cursors('x'),
    maskKeys: new MaskKeys('x'),
    vault: {} as never,
    pepper: 'x',
    logLevel: 'silent',
    blobs: {} as never,
    files: {} as never,
    runs: {} as never,
    programs: {} as never,
    connections: {} as never,
    ready: Promise.resolve(),
  });
  await app.ready();
  const { rows } = app.routeTable;
  await app.close();
  return rows;
}
