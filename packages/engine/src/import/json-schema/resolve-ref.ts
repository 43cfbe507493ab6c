import { get, isObject, type JsonObject } from '../parse-json.ts';

export type Resolved =
  | { readonly ok: true; readonly pointer: string; readonly schema: unknown }
  | { readonly ok: false; readonly message: string };

/**
 * What a `$ref` leads to inside the document: a JSON pointer, or an `$anchor`. Nothing is ever fetched.
 * @param anchors schemas by their `$anchor` or `$id`, with their pointers
 */
export function resolveRef(
  root: JsonObject,
  ref: string,
  anchors: ReadonlyMap<string, Resolved & { ok: true }>,
): Resolved {
  const shown = JSON.stringify(ref.slice(0, 100));
  const known = anchors.get(ref);
  if (known !== undefined) return known;
  if (ref === '#') return { ok: true, pointer: '', schema: root };
  if (!ref.startsWith('#'))
    return { ok: false, message: `${shown} lies outside of the source, and nothing is fetched` };
  if (!ref.startsWith('#/')) return { ok: false, message: `there is no anchor ${shown}` };
  const pointer = decode(ref.slice(1));
  let value: unknown = root;
  for (const step of pointer.slice(1).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value) && /^\d{1,9}$/.test(key)) value = value[Number(key)];
    else value = isObject(value) ? get(value, key) : undefined;
    if (value === undefined) return { ok: false, message: `${shown} leads nowhere` };
  }
  return { ok: true, pointer, schema: value };
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
