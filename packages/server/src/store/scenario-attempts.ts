/** How often a run was begun, and what came of it each time. */
export interface ScenarioAttempt {
  readonly attempt: number;
  /** RFC 3339. */
  readonly started_at: string;
  readonly ended_at: string | null;
  /** null: it is under way. */
  readonly outcome: string | null;
}

type Result = Readonly<Record<string, unknown>> | null;

const attemptsOf = (result: Result): readonly ScenarioAttempt[] =>
  (result?.['attempts'] as readonly ScenarioAttempt[] | undefined) ?? [];

const closed = (result: Result, outcome: string, now: Date): ScenarioAttempt[] =>
  attemptsOf(result).map((one) => (one.outcome === null ? { ...one, ended_at: now.toISOString(), outcome } : one));

/** The result of a run of a scenario when it begins; an attempt that nobody ended was lost. */
export const beginAttempt = (result: Result, attempt: number, now: Date): string =>
  JSON.stringify({
    attempts: [
      ...closed(result, 'lost', now),
      { attempt, started_at: now.toISOString(), ended_at: null, outcome: null },
    ],
  });

/** The same when it has ended. @param facts what else there is to be seen of it */
export const endAttempts = (
  result: Result,
  outcome: string,
  now: Date,
  facts: Readonly<Record<string, unknown>> = {},
): string => JSON.stringify({ ...result, ...facts, attempts: closed(result, outcome, now) });

/** The same when what was under way was no attempt. */
export const withoutLast = (result: Result): string =>
  JSON.stringify({ ...result, attempts: attemptsOf(result).filter(({ outcome }) => outcome !== null) });
