import { type StreamState, schemeOf } from '@datamaker/streams';
import { type Arguments, flagValue } from '../arguments/command.ts';
import type { StreamSettings } from './stream-settings.ts';

/** Flags that are as before. Headers are not among them: they may be secret. */
const KEPT = ['rate', 'burst', 'every', 'topic', 'format', 'batch', 'at-once', 'max-length', 'give-up', 'templates'];

/**
 * The command that goes on where a stream has ended. A URL with something secret in it is left out, and so are headers.
 * @param seed that the rows had
 */
export function resumeCommand(args: Arguments, settings: StreamSettings, state: StreamState, seed: string): string {
  const words = ['datamaker', 'stream', ...args.positionals];
  const { to, from, count, seconds, pace } = settings;
  if (to !== undefined && !isSecret(to)) words.push('--to', to);
  for (const flag of KEPT) {
    const value = flagValue(args, flag);
    if (value !== undefined) words.push(`--${flag}`, value);
  }
  for (const value of args.repeated.get('resource') ?? []) words.push('--resource', value);
  words.push('--seed', seed, '--from', String(state.next));
  // A time would begin anew, and what was late would not be sent: the rows that it has left are.
  const wanted = Math.min(count ?? Infinity, seconds === undefined ? Infinity : pace.within(seconds));
  if (Number.isFinite(wanted)) words.push('-n', String(from + wanted - state.next));
  return words.map(quoted).join(' ');
}

/** Whether a target says more than may be shown. */
export function isSecret(to: string): boolean {
  if (schemeOf(to) === undefined) return false;
  const url = URL.parse(to);
  return url === null || url.username !== '' || url.password !== '' || url.search !== '';
}

const quoted = (word: string): string => (/^[\w./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
