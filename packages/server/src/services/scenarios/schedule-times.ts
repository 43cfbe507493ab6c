import { CronExpressionParser } from 'cron-parser';
import { validationError } from '../../errors.ts';

/** Names that stand for an expression; what is more often than each minute is none. */
const NAMES = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@hourly', '@weekdays', '@weekends'];
const FIELDS = 5;

/**
 * The moments at which a schedule comes next. An hour that clocks leave out is made up for; one that they have twice counts once.
 * @param cron five fields as crontab(5) has them, or a name such as `@daily`
 * @param timeZone of the IANA database
 */
export function nextTimes(cron: string, timeZone: string, after: Date, count: number): Date[] {
  const times = CronExpressionParser.parse(cron, { currentDate: after, tz: timeZone });
  return times.take(count).map((time) => time.toDate());
}

/** The first of them. */
export const nextTime = (cron: string, timeZone: string, after: Date): Date => {
  const [next] = nextTimes(cron, timeZone, after, 1);
  if (next === undefined) throw new Error(`${cron} never comes`);
  return next;
};

/** @throws ApiError validation_error */
export function checkTimes(cron: string, timeZone: string): void {
  const refuse = (code: string, pointer: string, message: string, hint: string): never => {
    throw validationError([{ code, pointer, message, hint }]);
  };
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    refuse(
      'unknown_time_zone',
      '/time_zone',
      `there is no time zone ${JSON.stringify(timeZone)}`,
      'name one such as "Europe/Berlin"',
    );
  }
  const hint = 'five fields: minute, hour, day, month, weekday, such as "0 6 * * 1-5"';
  if (!NAMES.includes(cron) && cron.trim().split(/\s+/).length !== FIELDS) {
    refuse('invalid_cron', '/cron', `${JSON.stringify(cron)} has not five fields`, hint);
  }
  try {
    nextTime(cron, timeZone, new Date());
  } catch (error) {
    refuse('invalid_cron', '/cron', `${JSON.stringify(cron)} is no schedule: ${(error as Error).message}`, hint);
  }
}
