const SECRET_NAME = /pass(word|wd|phrase)?|secret|token|api_?key|credential/i;
const HIDDEN = '***';

/** Parameters as a list of runs may show them: without passwords in URLs, and without values whose names say that they are secret. */
export function shownParams(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, SECRET_NAME.test(name) ? HIDDEN : shown(value)]),
  );
}

function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shown);
  if (value !== null && typeof value === 'object') return shownParams(value as Record<string, unknown>);
  if (typeof value !== 'string' || !URL.canParse(value)) return value;
  const url = new URL(value);
  if (url.password === '') return value;
  url.password = HIDDEN;
  return url.href;
}
