/** A version of a set as servers tell of it. */
export interface RemoteSet {
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
  readonly sha256: string;
  readonly template_id: string | null;
  readonly seed: string | null;
  readonly stored_as: 'rows' | 'recipe';
  readonly created_at: string;
}

/** The path of a set. @param query with its question mark */
export const setPath = (name: string, rest = ''): string => `/sets/${encodeURIComponent(name)}${rest}`;
