import { add, type Int } from '../../plan/program.ts';
import type { BuildContext, OptionProblem, OptionSpec, Options } from '../field-type.ts';

/** The option that makes a date or time one of a course of events. */
export const stageOption: OptionSpec = {
  kind: 'integer',
  min: 1,
  max: 9,
  summary:
    'Which moment of the course of events it is: within a row, fields of one `group` and the same bounds lie in the order of their stages.',
};
/** The first stage lies in this part of the range; what is left is shared out among the steps to later ones. */
const FIRST_STAGE = 0.6;
const MOST_STAGES = 9;

/**
 * Seconds in [0, span] after the start of the range: a moment that is the same for all fields of the course, and a step of at
 * least a second for each stage behind the first.
 */
export function staged(stage: number, span: number, { member }: BuildContext): Int {
  const step = Math.max(1, Math.floor((span * (1 - FIRST_STAGE)) / (MOST_STAGES - 1)) - 1);
  let moment = member('course', 0, Math.max(1, Math.floor(span * FIRST_STAGE)));
  for (let i = 1; i < stage; i++) moment = add(moment, add(member('course', i, step), 1));
  return moment;
}

/** What does not go with the option. */
export function checkStage({
  stage,
  unique,
  distribution,
  halflife_days,
  mean,
  stddev_days,
}: Options): OptionProblem[] {
  if (stage === undefined) return [];
  const problems: OptionProblem[] = [];
  if (unique === true)
    problems.push({
      option: 'stage',
      message: 'a unique field is in no course of events',
      hint: 'leave out `stage` or `unique`',
    });
  if ([distribution, halflife_days, mean, stddev_days].some((option) => option !== undefined))
    problems.push({
      option: 'stage',
      message: 'the stages of a course have no distribution of their own',
      hint: 'leave out `stage` or the distribution',
    });
  return problems;
}
