/** A piece of an answer; texts are shown as they are. */
export type Block =
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'paragraph'; readonly text: string };

/** Words of a line, and how they are set. */
export interface Words {
  readonly text: string;
  readonly look: 'plain' | 'strong' | 'code';
}

const FENCE = /^\s*```/;
const BULLET = /^\s*(?:[-*]|\d{1,3}[.)])\s+/;

/** Reads code blocks, lists and paragraphs. Nothing else of Markdown is known: no link, no image, no markup. */
export function readSaid(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const from = at;
    if (FENCE.test(line)) {
      do at++;
      while (at < lines.length && !FENCE.test(lines[at] ?? ''));
      blocks.push({ kind: 'code', text: lines.slice(from + 1, at).join('\n') });
      at++;
    } else if (BULLET.test(line)) {
      while (BULLET.test(lines[at] ?? '')) at++;
      blocks.push({ kind: 'list', items: lines.slice(from, at).map((item) => item.replace(BULLET, '')) });
    } else if (line.trim() === '') at++;
    else {
      const isOn = (one: string): boolean => one.trim() !== '' && !FENCE.test(one) && !BULLET.test(one);
      while (at < lines.length && isOn(lines[at] ?? '')) at++;
      blocks.push({ kind: 'paragraph', text: lines.slice(from, at).join('\n') });
    }
  }
  return blocks;
}

/** Finds what is strong or code in a text. */
export function readWords(text: string): Words[] {
  return text
    .split(/(\*\*[^*\n]+\*\*|`[^`\n]+`)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.length > 4 && part.startsWith('**') && part.endsWith('**'))
        return { text: part.slice(2, -2), look: 'strong' };
      if (part.length > 2 && part.startsWith('`') && part.endsWith('`'))
        return { text: part.slice(1, -1), look: 'code' };
      return { text: part, look: 'plain' };
    });
}
