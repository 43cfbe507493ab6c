import type { Readable } from 'node:stream';
import type { SandboxLimits } from './limits.ts';

/** What runs in a sandbox. Paths of the host are never visible inside but as the mounts say. */
export interface SandboxJob {
  /** Program and arguments, as seen inside. */
  readonly argv: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the program starts, as seen inside. */
  readonly cwd: string;
  /**
   * Files, folders and unix sockets of the host that are visible. What is writable should be a folder of this job alone, and what is
   * in it afterwards is the job's: links may point anywhere, and what looks like a file may be a pipe.
   */
  readonly mounts: readonly SandboxMount[];
  readonly limits: SandboxLimits;
  /** Aborting kills the whole tree; the outcome is then `cancelled`. */
  readonly signal?: AbortSignal;
}

export interface SandboxMount {
  /** Absolute path on the host, no symbolic link itself. No job may have been able to write to the folder that it lies in. */
  readonly source: string;
  /** Absolute path inside. */
  readonly target: string;
  readonly writable: boolean;
}

/** How a job ended: by itself (whatever its exit code), because somebody wished it, or by the limit that it ran into. */
export type SandboxOutcome = 'exited' | 'cancelled' | 'timeout' | 'out_of_memory' | 'disk_full' | 'too_many_processes';

export interface SandboxEnd {
  readonly outcome: SandboxOutcome;
  /** Exit code of the first process, or null when it was killed by a signal. */
  readonly code: number | null;
  /** The signal that killed it, such as `SIGSEGV`. */
  readonly signal: string | null;
  /** The most memory that its processes were seen with together, in bytes; undefined when it was too short to be looked at. */
  readonly peakMemoryBytes: number | undefined;
}

export interface SandboxProcess {
  /** Held back when nobody reads: a job that prints without end waits instead of filling memory. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when no process of the job is left. Never rejects. */
  readonly ended: Promise<SandboxEnd>;
}

export interface SandboxDriver {
  readonly name: 'bwrap' | 'none';
  /** @throws SandboxError when the job cannot be started as it is; what it prints and how it ends is in the answer */
  start(job: SandboxJob): Promise<SandboxProcess>;
  report(): Promise<SandboxReport>;
}

/** Whether something holds, and how or why not, for operators. */
export interface SandboxAssurance {
  readonly name: SandboxAspect;
  readonly holds: boolean;
  readonly how: string;
}

export type SandboxAspect =
  | 'files'
  | 'network'
  | 'processes'
  | 'system_calls'
  | 'user'
  | 'memory_limit'
  | 'process_limit'
  | 'disk_limit'
  | 'time_limit';

/** What is isolated on this host and what is not. */
export interface SandboxReport {
  readonly driver: 'bwrap' | 'none';
  readonly platform: string;
  /** Version of bubblewrap. */
  readonly version: string | undefined;
  /** The interpreter that jobs find, at the same path inside. */
  readonly python: HostPython;
  readonly assurances: readonly SandboxAssurance[];
  /** How many ways out were tried when the server started; all of them were shut. Zero for `none`. */
  readonly probes: number;
  /** To be shown where people run scenarios, when there is something to be wary of. */
  readonly banner: string | undefined;
}

/** Python as it is installed on the host. */
export interface HostPython {
  /** Absolute path of the interpreter, links resolved. */
  readonly executable: string;
  /** Such as `3.12.4`. */
  readonly version: string;
  /** Folders outside of /usr and /lib that it needs: they are mounted read-only, at the same paths. */
  readonly folders: readonly string[];
}

/** Why there is no sandbox, or a job cannot be started in it; `hint` says what to do. Codes are stable. */
export class SandboxError extends Error {
  readonly code: SandboxErrorCode;
  readonly hint: string;

  constructor(code: SandboxErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'SandboxError';
    this.code = code;
    this.hint = hint;
  }
}

export type SandboxErrorCode =
  | 'sandbox_platform'
  | 'sandbox_missing'
  | 'sandbox_python_missing'
  | 'sandbox_settings'
  | 'sandbox_not_allowed'
  | 'sandbox_not_tight'
  | 'sandbox_start_failed'
  | 'sandbox_job_invalid';
