/** A value on its way to SQL Server. What can be is text, which the statement casts to the type of its column. */
export type MssqlParameter =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'bytes'; readonly value: Uint8Array };
