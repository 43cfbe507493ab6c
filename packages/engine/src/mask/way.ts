/** The objects on the way to a value, and which row and element it is in. */
export interface Way {
  readonly row: number;
  readonly holders: readonly { readonly path: string; readonly object: Readonly<Record<string, unknown>> }[];
}
