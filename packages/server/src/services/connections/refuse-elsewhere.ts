import { conflict } from '../../errors.ts';
import type { StoredConnection } from '../../store/connections.ts';

/** A receipt speaks of one system only. @param target where its rows went @throws ApiError conflict */
export function refuseElsewhere(
  { type, config }: Pick<StoredConnection, 'type' | 'config'>,
  target: { readonly type: string; readonly url: string },
): void {
  if (type === target.type && config.url === target.url) return;
  const message = `the connection leads to ${config.url} now, and not to ${target.url}`;
  throw conflict('connection_changed', message, 'let it lead there again');
}
