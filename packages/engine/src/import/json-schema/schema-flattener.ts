import { tooLarge } from '../import-refused.ts';
import { MAX_REFERENCES } from '../limits.ts';
import type { Notices } from '../notices.ts';
import { get, isObject, type JsonObject } from '../parse-json.ts';
import { collectAnchors } from './collect-anchors.ts';
import type { Part } from './merge-schemas.ts';
import { type Resolved, resolveRef } from './resolve-ref.ts';

/** Puts beside each other what a schema is made of, wherever in the document it stands. */
export class SchemaFlattener {
  readonly #root: JsonObject;
  readonly #notices: Notices;
  readonly #step: () => void;
  readonly #anchors: ReadonlyMap<string, Resolved & { ok: true }>;

  /** @param step called for each part; throws when there are too many */
  constructor(root: JsonObject, notices: Notices, step: () => void) {
    this.#root = root;
    this.#notices = notices;
    this.#step = step;
    this.#anchors = collectAnchors(root);
  }

  /** A schema with the members of `allOf` and what `$ref` leads to, in order; the reference that closes a circle. */
  flatten(part: Part, subject: string, refs: readonly string[]): { parts: Part[]; refs: readonly string[] } | string {
    this.#step();
    const parts = [part];
    // References on the way down close a circle; those of members beside each other may be the same.
    let inside = refs;
    const below = new Set(refs);
    const add = (member: Part, open: readonly string[]): string | undefined => {
      const inner = this.flatten(member, subject, open);
      if (typeof inner === 'string') return inner;
      for (const part of inner.parts) parts.push(part);
      for (const ref of inner.refs) below.add(ref);
      return undefined;
    };
    const ref = get(part.schema, '$ref') ?? get(part.schema, '$dynamicRef') ?? get(part.schema, '$recursiveRef');
    if (typeof ref === 'string') {
      const target = resolveRef(this.#root, ref, this.#anchors);
      if (!target.ok) this.#notices.add('unresolved_reference', { pointer: part.pointer }, target.message, subject);
      else if (refs.includes(target.pointer)) return ref;
      else if (isObject(target.schema)) {
        if (refs.length >= MAX_REFERENCES)
          throw tooLarge(`references lead on to each other more than ${MAX_REFERENCES} times`, 'shorten the chain');
        inside = [...refs, target.pointer];
        const circle = add({ schema: target.schema, pointer: target.pointer }, inside);
        if (circle !== undefined) return circle;
      }
    }
    const all = get(part.schema, 'allOf');
    for (const [index, member] of (Array.isArray(all) ? all : []).entries()) {
      if (!isObject(member)) continue;
      const circle = add({ schema: member, pointer: `${part.pointer}/allOf/${index}` }, refs);
      if (circle !== undefined) return circle;
    }
    for (const pointer of inside) below.add(pointer);
    return { parts, refs: [...below] };
  }
}
