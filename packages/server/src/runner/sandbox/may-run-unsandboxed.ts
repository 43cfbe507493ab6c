/** What decides whether scenarios may run as plain processes of the server's user. */
export interface Exposure {
  readonly workspaces: number;
  readonly listensOnLoopbackOnly: boolean;
}

/**
 * Scenarios may run without a sandbox only where whoever can start one could as well start a program: one workspace, and
 * nobody reaches the server but from its own machine.
 */
export const mayRunUnsandboxed = ({ workspaces, listensOnLoopbackOnly }: Exposure): boolean =>
  workspaces <= 1 && listensOnLoopbackOnly;

/** Shown wherever scenarios are run, while they run so. */
export const UNSANDBOXED_BANNER =
  'Scenarios run without a sandbox: they can read and change everything that the server can, its database and its keys included. Run only code that you trust.';
