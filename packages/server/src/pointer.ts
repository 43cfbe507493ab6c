/** A key or an index as a step of a JSON pointer (RFC 6901). */
export const stepOf = (key: PropertyKey): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
