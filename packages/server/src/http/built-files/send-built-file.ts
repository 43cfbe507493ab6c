import type { FastifyReply } from 'fastify';
import type { BuiltFile } from './built-files.ts';

/**
 * Nothing from elsewhere, nothing inline. `wasm-unsafe-eval` lets the engine compile its kernels; it lets no text become a script. Workers
 * have the policy that their own file is sent with, so every file gets it.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Names of these change with what is in them. */
const HASHED = /^assets\//;
const YEAR_SECONDS = 31_536_000;

/** Sends a file of a build. @param name below the folder of the build: what has a hash in it is kept by browsers for a year */
export const sendBuiltFile = (reply: FastifyReply, name: string, file: BuiltFile): FastifyReply =>
  reply
    .headers({
      'Content-Type': file.contentType,
      'Cache-Control': HASHED.test(name) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
      'Content-Security-Policy': POLICY,
      'Cross-Origin-Resource-Policy': 'same-origin',
      Vary: 'Accept-Encoding',
      ...(file.encoding === undefined ? {} : { 'Content-Encoding': file.encoding }),
    })
    .send(file.bytes);
