import type { Column } from '../schema/schema.ts';
import type { RawRows } from '../sql/sql-connection.ts';
import { unfit } from '../sql/value-text.ts';

/**
 * Refuses texts that are longer than their column, which a cast would cut without a word.
 * @throws ConnectionError value
 */
export function mayBeCut(columns: readonly Column[], rows: RawRows): void {
  for (const [i, column] of columns.entries()) {
    const { kind, maxLength, type } = column;
    if (kind !== 'text' || maxLength === null) continue;
    const lengthOf = type.includes('CODEUNITS32')
      ? (text: string): number => [...text].length
      : type.includes('CODEUNITS16') || type.includes('GRAPHIC')
        ? (text: string): number => text.length
        : (text: string): number => Buffer.byteLength(text);
    for (const row of rows) {
      const value = row[i];
      if (typeof value === 'string' && lengthOf(value) > maxLength) throw unfit(column, 'the text is too long');
    }
  }
}
