import { type Arguments, type Flag, flagValue } from '../arguments/command.ts';

/** Where a server keeps what it knows: the same flag and variables that `serve` takes. */
export const dataFlag: Flag = {
  name: 'data-dir',
  value: 'folder',
  summary: 'where its data is kept (default: $DATAMAKER_DATA_DIR, else .datamaker)',
};

/** An empty variable is none. */
export function placeOf(args: Arguments): { dataDirectory: string; databaseUrl?: string } {
  const folder = flagValue(args, 'data-dir') ?? (process.env.DATAMAKER_DATA_DIR || '.datamaker');
  const databaseUrl = process.env.DATABASE_URL || undefined;
  return { dataDirectory: folder, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
}
