/** Of the protocol, the newest first. 2024-11-05 is what clients speak that know nothing but events (`/mcp/sse`). */
export const REVISIONS = ['2026-07-28', '2025-11-25', '2025-06-18', '2024-11-05'] as const;
