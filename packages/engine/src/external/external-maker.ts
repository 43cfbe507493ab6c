import type { ExternalLevel } from './external-levels.ts';
import type { SeenObjects } from './seen-rows.ts';

/** Objects whose fields are to be made. */
export interface ExternalBlock extends SeenObjects {
  readonly level: ExternalLevel;
  /** Of each field of the level: 64 bits of the seed and the path of the field, which its draws hang on with the index of the object. */
  readonly keys: readonly bigint[];
}

/**
 * Makes the fields of a level for some objects. One call at a time, in the order of the rows.
 * @returns for each field of the level its values, in the order of the objects; null where the object has null for it
 * @throws ExternalError with the row
 */
export type ExternalMaker = (block: ExternalBlock) => Promise<readonly (readonly unknown[])[]>;
