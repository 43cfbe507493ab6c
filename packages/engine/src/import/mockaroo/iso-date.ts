/** `03/09/2026`, as Mockaroo has bounds of dates (month first), or ISO 8601, as ISO 8601; undefined: it is none. */
export function isoDate(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value.trim()) ?? [];
  const text = year === undefined ? value.trim() : `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}
