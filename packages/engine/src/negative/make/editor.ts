import type { Edit } from '../../plan/negative-plan.ts';
import { type Pattern, parsePattern } from '../../regex/index.ts';
import { stepValue } from './step-value.ts';
import { TextsOfLength } from './text-of-length.ts';
import { unmatch } from './unmatch.ts';

/** What an edit may use beside the value itself. */
export interface EditContext {
  /** The next of the row's drawn numbers, in [0, below). */
  draw(below: number): number;
  /** The value that the field has in an earlier row. */
  earlier(): unknown;
  /** Items for a list that is made longer than it is. */
  items(): readonly unknown[];
}

/** Does edits. Patterns are parsed once, and lengths planned once. */
export class Editor {
  readonly #patterns = new Map<string, Pattern>();
  readonly #planned = new Map<string, TextsOfLength>();

  /** The value made wrong, or put at a bound. @param value a right one, not null */
  edit(edit: Edit, value: unknown, context: EditContext): unknown {
    switch (edit.do) {
      case 'set':
        return edit.values[context.draw(edit.values.length)];
      case 'step':
        return stepValue(edit.form, edit.start + edit.direction * context.draw(edit.spread));
      case 'fraction':
        return (value as number) > 0 ? (value as number) - 0.5 : (value as number) + 0.5;
      case 'decimals':
        return moreDecimals(value as number, edit.decimals);
      case 'count':
        return listOf(edit.to, value as readonly unknown[], context);
      case 'duplicate':
        return context.earlier();
      default:
        return this.#text(edit, value as string, context);
    }
  }

  #text(edit: Exclude<Edit, { do: NonText }>, value: string, context: EditContext): string {
    switch (edit.do) {
      case 'change':
        return changed(value, edit.at, context);
      case 'put': {
        const at = edit.at < 0 ? value.length + edit.at : edit.at;
        return value.slice(0, at) + edit.text + value.slice(at + 1);
      }
      case 'append':
        return value + edit.text;
      case 'replace':
        return value.replace(edit.find, () => edit.by);
      case 'length':
        return ofLength(value, edit.to);
      case 'unmatch':
        return (
          unmatch(edit.pattern, this.#pattern(edit.pattern), value, (below) => context.draw(below)) ?? edit.otherwise
        );
      case 'match':
        return this.#texts(edit.pattern, edit.length).text((below) => context.draw(below));
      case 'parts':
        return partsOf(value, edit);
    }
  }

  #texts(source: string, length: number): TextsOfLength {
    const key = `${length} ${source}`;
    const texts = this.#planned.get(key) ?? new TextsOfLength(this.#pattern(source).root, length);
    this.#planned.set(key, texts);
    return texts;
  }

  #pattern(source: string): Pattern {
    let pattern = this.#patterns.get(source);
    if (pattern === undefined) {
      const parsed = parsePattern(source);
      if (!parsed.ok) throw new Error('a pattern of a plan no longer parses');
      pattern = parsed.value;
      this.#patterns.set(source, pattern);
    }
    return pattern;
  }
}

type NonText = 'set' | 'step' | 'fraction' | 'decimals' | 'count' | 'duplicate';

/** One more digit than there may be, towards zero, so that a bound is not left with it. */
function moreDecimals(value: number, decimals: number): number {
  const unit = 10 ** decimals;
  const whole = Math.round(value * unit);
  return Number(`${whole < 0 ? '-' : ''}${Math.max(0, Math.abs(whole) - 1)}.5e-${decimals}`);
}

const KINDS = ['0123456789', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'];

function changed(value: string, place: number, { draw }: EditContext): string {
  const at = place < 0 ? value.length + place : place;
  const char = value.charAt(at);
  const others = [...(KINDS.find((kind) => kind.includes(char)) ?? '#')].filter((other) => other !== char);
  return value.slice(0, at) + others[draw(others.length)] + value.slice(at + 1);
}

function ofLength(value: string, to: number): string {
  const chars = [...value];
  const last = chars.at(-1) ?? 'x';
  return chars.slice(0, to).join('') + last.repeat(Math.max(0, to - chars.length));
}

function partsOf(value: string, { separator, close, to }: Extract<Edit, { do: 'parts' }>): string {
  const parts = value.slice(0, value.length - close.length).split(separator);
  return Array.from({ length: to }, (_, i) => parts[i % parts.length]).join(separator) + close;
}

function listOf(to: number, value: readonly unknown[], context: EditContext): unknown[] {
  if (to <= value.length) return value.slice(0, to);
  const items = context.items();
  return Array.from({ length: to }, (_, i) => structuredClone(items[i % items.length]));
}
