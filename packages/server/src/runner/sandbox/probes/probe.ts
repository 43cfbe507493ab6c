/** One way out of a sandbox, tried from inside. Probes only look, or open without writing, what is not the sandbox's own. */
export interface Probe {
  /** Stable, kebab-case. */
  readonly name: string;
  /** What is tried, and what it would give. */
  readonly tries: string;
  /**
   * Body of a Python function. `reached(what)` says that the way is open; an OSError, `denied(why)` and coming to the end say that it
   * is shut. Anything else is a fault of the probe. What it may use is in harness.ts.
   */
  readonly code: string;
}

/** What probes are told of the host, so that they can look for it. */
export interface ProbeFacts {
  /** A text that is in places of the host, and must be seen nowhere inside. */
  readonly canary: string;
  /** A file of the host that everybody may read, with the canary in it, in a folder that everybody may enter. */
  readonly file: string;
  /** A unix socket of the host that everybody may write to, and one in the abstract name space. */
  readonly socket: string;
  readonly abstractSocket: string;
  /** Where the server listens on loopback: 127.0.0.1 and ::1. */
  readonly port: number;
  /** A process of the host. */
  readonly process: number;
  readonly hostname: string;
  /** Targets of mounts of the job, which may be visible, and those that it may write to. */
  readonly visible: readonly string[];
  readonly writable: readonly string[];
  /** Of the broker that the job has, and of another run; undefined: it has none. */
  readonly broker?: {
    readonly token: string;
    readonly otherToken: string;
    readonly otherSocket: string;
    readonly otherFile: string;
  };
  /** Numbers of system calls by name. */
  readonly numbers: Readonly<Record<string, number>>;
}

export type Verdict = 'denied' | 'open' | 'broken';

export interface Finding {
  readonly name: string;
  readonly verdict: Verdict;
  readonly detail: string;
}
