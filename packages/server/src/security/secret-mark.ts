import { createHmac } from 'node:crypto';

/** Tells whether two processes have the same secret, and nothing of it. */
export const secretMark = (secret: string): string =>
  createHmac('sha256', secret).update('mark of the secret').digest('base64url');
