import { badInput } from '../errors/command-error.ts';

/** @throws CommandError for settings that cannot be right */
export function settingsOf<T>(code: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { message } = error as Error;
    const place = /^[A-Z_]+/.exec(message)?.[0] ?? '';
    throw badInput('the environment', [{ code, place, message }]);
  }
}
