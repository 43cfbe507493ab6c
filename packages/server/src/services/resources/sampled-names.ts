import { stepOf } from '../../pointer.ts';

/** A name that a `sample` field picks from. */
export interface Sampled {
  readonly name: string;
  /** Where it stands, for the first document; that of its fields for the others. */
  readonly pointer: string;
}

/** The type and its aliases, however they are spelled. */
const SAMPLE = /^(sample|from[_ -]?set|from[_ -]?file)$/i;
const MAX_DEPTH = 64;

/** The names that `sample` fields of documents pick from, each once. */
export function sampledNames(documents: readonly unknown[]): readonly Sampled[] {
  const found = new Map<string, Sampled>();
  for (const [index, document] of documents.entries()) {
    const { fields } = document as { readonly fields: unknown };
    visit(fields, '/fields', 0, (name, pointer) => {
      if (!found.has(name)) found.set(name, { name, pointer: index === 0 ? pointer : '/fields' });
    });
  }
  return [...found.values()];
}

function visit(value: unknown, pointer: string, depth: number, note: (name: string, pointer: string) => void): void {
  if (value === null || typeof value !== 'object' || depth > MAX_DEPTH) return;
  const { type, options } = value as { readonly type?: unknown; readonly options?: unknown };
  if (typeof type === 'string' && SAMPLE.test(type.trim()) && options !== null && typeof options === 'object') {
    for (const [key, name] of Object.entries(options)) {
      if (/^(from|file|set)$/i.test(key) && typeof name === 'string') note(name, `${pointer}/options${stepOf(key)}`);
    }
  }
  for (const [key, inner] of Object.entries(value)) visit(inner, pointer + stepOf(key), depth + 1, note);
}
