import type { Reader } from './reader.ts';
import type { SyntaxNode } from './syntax.ts';

/**
 * Reports every anchor that may stand where the text does not start or end: the whole text is generated, so `^` and `$`
 * hold at its edges and nowhere else. After a place that may be empty (`a?^b`) they are refused too.
 */
export function checkAnchors(reader: Reader, node: SyntaxNode, atStart = true, atEnd = true): void {
  switch (node.kind) {
    case 'set':
      return;
    case 'anchor':
      if (node.edge === 'start' ? !atStart : !atEnd) reportAnchor(reader, node.offset, node.text, node.edge);
      return;
    case 'choice':
      for (const option of node.options) checkAnchors(reader, option, atStart, atEnd);
      return;
    case 'repeat': {
      const alone = node.max <= 1 || node.item.maxLength === 0;
      if (node.max > 0) checkAnchors(reader, node.item, atStart && alone, atEnd && alone);
      return;
    }
    case 'sequence': {
      let before = 0;
      for (const item of node.items) {
        const after = node.maxLength - before - item.maxLength;
        checkAnchors(reader, item, atStart && before === 0, atEnd && after === 0);
        before += item.maxLength;
      }
    }
  }
}

function reportAnchor(reader: Reader, offset: number, text: string, edge: 'start' | 'end'): void {
  const place = edge === 'start' ? 'starts' : 'ends';
  const hint = `leave it out: the text is always the whole match; or write \\${text} for the character`;
  reader.report(
    'unsatisfiable_pattern',
    offset,
    `${text} can only hold where the text ${place}`,
    text.startsWith('\\') ? 'leave it out: the text is always the whole match' : hint,
  );
}
