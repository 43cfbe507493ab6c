import { pointerTo } from '../../template/diagnostic.ts';
import { get, isObject, type JsonObject } from '../parse-json.ts';
import type { Resolved } from './resolve-ref.ts';

/** Schemas by `$anchor` and `$id`, wherever they stand. The document's depth is bounded. */
export function collectAnchors(root: JsonObject): ReadonlyMap<string, Resolved & { ok: true }> {
  const anchors = new Map<string, Resolved & { ok: true }>();
  const visit = (value: unknown, pointer: string): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        visit(item, `${pointer}/${index}`);
      });
      return;
    }
    if (!isObject(value)) return;
    for (const key of ['$anchor', '$dynamicAnchor']) {
      const anchor = get(value, key);
      if (typeof anchor === 'string') anchors.set(`#${anchor}`, { ok: true, pointer, schema: value });
    }
    const id = get(value, '$id');
    if (typeof id === 'string') anchors.set(id, { ok: true, pointer, schema: value });
    for (const [key, inner] of Object.entries(value))
      if (inner !== null && typeof inner === 'object') visit(inner, pointerTo(pointer, key));
  };
  visit(root, '');
  return anchors;
}
