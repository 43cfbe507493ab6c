import { ConnectionError } from '../connection-error.ts';

/** Others have not let go of rows in time. @param code the system's own, in brackets */
export const heldByOthers = (code: string): ConnectionError =>
  new ConnectionError('busy', `others hold what is needed here, and did not let go of it in time ${code}`, {
    hint: 'end the transaction that holds it, or try again later',
  });
