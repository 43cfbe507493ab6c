/** A name as an identifier of PostgreSQL (PostgreSQL documentation, 4.1.1). */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
