const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Whether a value is the name of a domain (RFC 1123): labels of letters, digits and inner hyphens, 253 characters at most. */
export function isDomain(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 253 && value.split('.').every((label) => LABEL.test(label));
}
