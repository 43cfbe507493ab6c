import { conflict } from '../../errors.ts';
import type { StoredConnection } from '../../store/connections.ts';

/** A connection that was made for reading changes nothing, whoever asks. @throws ApiError conflict */
export function refuseReadOnly({ name, read_only: isReadOnly }: Pick<StoredConnection, 'name' | 'read_only'>): void {
  if (!isReadOnly) return;
  const message = `the connection ${JSON.stringify(name)} is for reading only`;
  throw conflict('connection_read_only', message, 'use another one, or change its `readOnly`');
}
