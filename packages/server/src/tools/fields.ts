import { z } from 'zod';

// What arguments and results of several tools have in common.

/** A template: its id, or that of a version of it. */
export const templateRef = z.string().min(1).max(200);
/** A template itself: versions are not changed. */
export const templateId = z.string().min(1).max(100);
export const scenarioId = z.string().min(1).max(100);
/** How long to wait for the end of a run; a call takes a minute at most. */
export const waitSeconds = z.int().min(0).max(50).default(0);
export const connectionId = z.string().min(1).max(100);
export const runId = z.string().min(1).max(100);
export const cursor = z.string().max(500).optional();
export const limit = z.int().min(1).max(100).default(20);
export const seed = z.union([z.string().max(200), z.number()]).optional();
/** Field name → what it has in every row. */
export const overrides = z.record(z.string(), z.unknown()).optional();
export const rows = z.array(z.record(z.string(), z.unknown()));
export const nextCursor = z.string().nullable();
