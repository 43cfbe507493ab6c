import { StreamError } from '../stream-error.ts';

/**
 * The library that speaks with a kind of target: an optional dependency, loaded when it is first needed.
 * @throws StreamError client_missing, with the command that installs it
 */
export async function loadClient<T>(load: () => Promise<T>, name: string): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new StreamError('client_missing', `the client ${name} is not installed`, {
      hint: `npm install ${name}`,
      cause: error,
    });
  }
}
