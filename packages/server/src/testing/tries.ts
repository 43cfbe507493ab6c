/** How often something is tried: in every run, and as often as is promised with FULL=1. */
export const tries = (usual: number, full: number): number => (process.env['FULL'] === '1' ? full : usual);
