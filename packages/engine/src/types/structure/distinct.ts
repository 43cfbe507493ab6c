/** The distinct values, in their first order, for a field that must not repeat any. */
export const distinct = (values: readonly unknown[]): unknown[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];
