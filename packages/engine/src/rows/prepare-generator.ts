import type { FormatOptions } from '../format/format-options.ts';
import type { Plan } from '../plan/plan.ts';
import { makeByteGenerator } from './make-byte-generator.ts';
import { prepareBytes } from './prepare-bytes.ts';
import { ResidentGenerator } from './resident-generator.ts';

/** Small enough to keep many, large enough that rows cost what they cost in larger chunks. */
const CHUNK_BYTES = 64 * 1024;

/**
 * Compiles a plan for a format of text, to be kept and used for many small requests, each with a seed of its own; the plan's seed
 * has no meaning here.
 * @param chunkBytes bytes after which a chunk ends
 * @throws TypeError for formats that are files (`generateFile` makes all)
 */
export function prepareGenerator(plan: Plan, format: FormatOptions, chunkBytes = CHUNK_BYTES): ResidentGenerator {
  const prepared = prepareBytes(plan, format);
  if (prepared.file !== undefined) throw new TypeError(`${format.format} is made by generateFile`);
  return new ResidentGenerator(plan, makeByteGenerator(prepared, { chunkBytes }));
}
