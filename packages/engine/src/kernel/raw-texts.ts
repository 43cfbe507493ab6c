import type { CellEncoding } from '../format/cell-encoding.ts';
import { jsonEncoding } from '../format/json-encoding.ts';

/** Texts as they are. */
export const rawTexts: CellEncoding = {
  ...jsonEncoding,
  text: () => ({ open: '', close: '', escape: (text) => text }),
  value: String,
};
