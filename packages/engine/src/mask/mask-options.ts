import type { Template } from '../template/template.ts';

/** What masking needs beside a policy. */
export interface MaskOptions {
  /** Needed by strategies that are the same for the same value; at least 16 bytes, kept secret by the caller. */
  readonly key?: Uint8Array;
  /** What `replace` draws from; default: drawn. */
  readonly seed?: string;
  /** What the rows were made by, or look like: says which fields are sensitive, and of which type the fakes are. */
  readonly template?: Template;
  /** Paths of fields that are sensitive besides. */
  readonly sensitive?: readonly string[];
}
