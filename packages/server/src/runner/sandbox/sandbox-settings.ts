import type { UserRange } from './bwrap/user-slots.ts';
import type { Exposure } from './may-run-unsandboxed.ts';

/** What an operator may say of sandboxes. */
export interface SandboxSettings {
  /** `auto`: bubblewrap, and nothing else in its place. `none` runs scenarios as plain processes, for development. */
  readonly driver: 'auto' | 'bwrap' | 'none';
  /** Path or name of the interpreter; `python3` where nothing is said. */
  readonly python?: string | undefined;
  /** Users that sandboxes run as when the server is root. */
  readonly users?: UserRange | undefined;
  /** Folders that stay hidden although they lie below /usr or the folder of Python, such as the data directory. */
  readonly hidden?: readonly string[] | undefined;
  /** Who can reach the server: decides whether `none` is allowed. */
  readonly exposure: Exposure;
}
