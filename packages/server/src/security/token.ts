import { createHmac, randomBytes } from 'node:crypto';

/** What is handed out beside keys: ways in for somebody, sessions, and what scripts of runs have. */
const PREFIXES = { invite: 'dmi_', session: 'dms_', run: 'dmr_' } as const;
export type TokenKind = keyof typeof PREFIXES;

/** A new token: a prefix that scanners know, and 256 random bits. */
export const newToken = (kind: TokenKind): string => PREFIXES[kind] + randomBytes(32).toString('base64url');

/** Whether a text can be a token of a kind: the database is asked of no other. */
export const mayBeToken = (kind: TokenKind, text: string): boolean =>
  text.startsWith(PREFIXES[kind]) && /^[\w-]{47}$/.test(text);

/** What is stored of a token. */
export const hashToken = (kind: TokenKind, token: string, pepper: string): Buffer =>
  createHmac('sha256', pepper).update(`${kind}\0${token}`).digest();
