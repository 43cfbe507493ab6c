import { type Diagnostic, show } from '../template/diagnostic.ts';
import type { Field } from '../template/template.ts';

/** What the weighting of a field changes, as it is called in a message. */
const WEIGHTED = ['person', 'place'] as const;

/**
 * The weightings of the fields of each object. Fields that speak of one person or place must have the same: a name drawn by
 * its frequency and an address drawn without would be two people, in a row that promises one.
 */
export class Weightings {
  readonly #first = new Map<string, Field>();

  /**
   * @param parent path of the object that the field is in
   * @param things what the field agrees on with others of its group
   */
  add(field: Field, parent: string, things: ReadonlySet<string>, diagnostics: Diagnostic[]): void {
    const { group = '', locale = '', weighting } = field.common;
    for (const thing of WEIGHTED) {
      if (!things.has(thing)) continue;
      const key = [parent, thing, group, locale].join('\0');
      const first = this.#first.get(key);
      if (first === undefined) this.#first.set(key, field);
      if (first === undefined || first.common.weighting === weighting) continue;
      diagnostics.push({
        code: 'mixed_weighting',
        pointer: field.pointer,
        message: `${show(first.name)} and ${show(field.name)} speak of one ${thing}, but one has the weighting ${first.common.weighting} and the other ${weighting}`,
        hint: 'give `weighting` once, beside `locale` in the template, or give one of them another `group`',
      });
      return;
    }
  }
}
