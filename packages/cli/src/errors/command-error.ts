/** What one command can end with besides success: 2 when what it was given is at fault, 3 to 5 for how a run has ended, 1 for everything else. */
export type FailureCode = 1 | 2 | 3 | 4 | 5;

/** One thing wrong with what the command was given. */
export interface Problem {
  /** Stable, snake_case. */
  readonly code: string;
  readonly message: string;
  /** Where a person looks: `customer.json:5:30`, `--count`. */
  readonly place?: string;
  /** JSON pointer into the template. */
  readonly pointer?: string;
  readonly hint?: string;
}

/** A failure that is told in words: one headline, and below it every problem with its place and its remedy. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: FailureCode;
  readonly code: string;
  readonly problems: readonly Problem[];
  readonly hint: string | undefined;

  constructor(
    exitCode: FailureCode,
    code: string,
    message: string,
    details: { problems?: readonly Problem[]; hint?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.exitCode = exitCode;
    this.code = code;
    this.problems = details.problems ?? [];
    this.hint = details.hint;
  }
}

/** Bad input: exit code 2. `subject` is what the problems are in: a file, the command line. */
export function badInput(subject: string, problems: readonly Problem[]): CommandError {
  const many = problems.length === 1 ? '1 problem' : `${problems.length.toLocaleString('en')} problems`;
  return new CommandError(2, 'validation_error', `${subject} has ${many}`, { problems });
}

/** A flag or an argument that cannot be used: exit code 2. */
export const badArgument = (place: string, code: string, message: string, hint?: string): CommandError =>
  badInput('the command line', [{ code, place, message, ...(hint === undefined ? {} : { hint }) }]);
