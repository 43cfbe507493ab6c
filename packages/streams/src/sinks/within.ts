import { StreamError } from '../stream-error.ts';

/** How long a target may take to answer, in milliseconds, where nobody says otherwise. */
export const ANSWER_MS = 30_000;

/** What a target answers, unless it takes too long. @throws StreamError */
export async function within<T>(answer: Promise<T>, shown: string, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `${shown} did not answer within ${milliseconds / 1000} s`;
    const error = new StreamError('target_unreachable', message, { mayPass: true });
    timer = setTimeout(() => reject(error), milliseconds);
  });
  // Who has waited in vain does not hear of it any more.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
