/** A page of a list, as the API answers it. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
  readonly total: number;
}
