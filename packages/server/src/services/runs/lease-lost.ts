/** Whoever works on a run does so no more: it has ended, or somebody else holds it. */
export class LeaseLost extends Error {}
