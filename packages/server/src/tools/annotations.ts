import type { ToolAnnotations } from './tool.ts';

const hints = (
  readOnlyHint: boolean,
  destructiveHint: boolean,
  idempotentHint: boolean,
  openWorldHint: boolean,
): ToolAnnotations => ({ readOnlyHint, destructiveHint, idempotentHint, openWorldHint });

/** Looks at what the server has. */
export const LOOKS = hints(true, false, true, false);
/** Looks into another system. */
export const LOOKS_OUTSIDE = hints(true, false, true, true);
/** Adds something, if only a version; twice adds two. */
export const ADDS = hints(false, false, false, false);
/** Takes something away; twice is as once. */
export const REMOVES = hints(false, true, true, false);
/** Writes into another system. */
export const WRITES_OUTSIDE = hints(false, true, false, true);
/** Adds something, and speaks with another system about it. */
export const ADDS_FROM_OUTSIDE = hints(false, false, false, true);
/** Notes what another system answers. */
export const TRIES_OUTSIDE = hints(false, false, true, true);
/** What was there before is gone; twice is as once. */
export const OVERWRITES = hints(false, true, true, false);
