/** One flag of a command. A flag without `value` is a switch. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** What stands for the value in the help: `N`, `file`. */
  readonly value?: string;
  readonly summary: string;
  /** Whether it may be given more than once; else the last one counts. */
  readonly repeatable?: true;
}

/** What the user gave: the value of each flag (true for a switch), and the arguments without a flag. */
export interface Arguments {
  readonly flags: ReadonlyMap<string, string | true>;
  /** The values of repeatable flags, in the order given. */
  readonly repeated: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

/** One command of the program: what it takes, how it is explained, and what it does. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  /** How many arguments without a flag it takes, and what the first is called. */
  readonly positionals: { readonly min: number; readonly max: number; readonly name: string };
  /** What its first argument may be, where it does several things. */
  readonly actions?: readonly string[];
  readonly flags: readonly Flag[];
  /** Paragraphs below the options: what the flags alone do not say. */
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  /** Does the work; throws a CommandError when it cannot. */
  run(args: Arguments): Promise<void>;
}

/** The value of a flag, undefined when it was not given. */
export function flagValue(args: Arguments, name: string): string | undefined {
  const value = args.flags.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** The values of a repeatable flag, none when it was not given. */
export const flagValues = (args: Arguments, name: string): readonly string[] => args.repeated.get(name) ?? [];
