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

/** What `shownParams` does not show: all that stands under secret names, and passwords in URLs, as they are written and decoded. */
export function secretParams(params: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(params).flatMap(([name, value]) => [
    ...(SECRET_NAME.test(name) ? textsIn(value) : []),
    ...passwordsIn(value),
  ]);
}

/** Texts and numbers, however deep: `true` and `null` are no secrets, and are in many words of a log. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(textsIn);
}

function passwordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(passwordsIn);
  if (value !== null && typeof value === 'object') return secretParams(value as Record<string, unknown>);
  const password = typeof value === 'string' && URL.canParse(value) ? new URL(value).password : '';
  return password === '' ? [] : [...new Set([password, decoded(password)])];
}

/** As it is where it is not encoded as URLs are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
