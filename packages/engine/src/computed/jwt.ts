import type { Maker } from './makers.ts';

const base64url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const HEADER = base64url('{"alg":"HS256","typ":"JWT"}');

/** A token (RFC 7519) from `<subject> <seconds> <signature>`; it expires an hour after it was made. */
export const jwt: Maker = (input) => {
  const [subject = '', issued = '', signature = ''] = input.split(' ');
  const claims = base64url(`{"sub":"${subject}","iat":${issued},"exp":${Number(issued) + 3600}}`);
  return `${HEADER}.${claims}.${signature}`;
};
