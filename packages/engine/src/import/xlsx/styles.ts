import { builtInKind, kindOfFormat, type NumberKind } from './number-format.ts';
import type { Package } from './package.ts';

/** Cell formats and number formats that are looked at: Excel has 65,490. */
const MAX_FORMATS = 70_000;

/** What numbers of each cell format stand for, by its index (ECMA-376 part 1, 18.8.10). @throws ImportRefused */
export function readStyles(file: Package, part: string | undefined): readonly NumberKind[] {
  const kinds: NumberKind[] = [];
  if (part === undefined || !file.has(part)) return kinds;
  const own = new Map<number, NumberKind>();
  let isInside = false;
  file.read(part, {
    open: (name, attribute) => {
      const id = Number(attribute('numFmtId') ?? 0);
      if (name === 'cellXfs') isInside = true;
      else if (name === 'numFmt' && own.size < MAX_FORMATS) own.set(id, kindOfFormat(attribute('formatCode') ?? ''));
      else if (name === 'xf' && isInside && kinds.length < MAX_FORMATS) kinds.push(own.get(id) ?? builtInKind(id));
    },
    close: (name) => {
      if (name === 'cellXfs') isInside = false;
    },
  });
  return kinds;
}
