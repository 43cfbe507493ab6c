import { cells } from './expectations.ts';

/** Ways in are for those whom nobody knows yet; the DataGen door and MCP have keys of their own. */
const APART = /^POST \/(session|invites\/:token\/accept|api\/v1\/|mcp)/;
/** They end what a second request would need. */
const WHOLE = /^POST \/workspace\/restore/;

/** Cells of the matrix of all routes that take an Idempotency-Key, asked by somebody whom they are for. */
export const keyedRoutes = () =>
  cells().filter(
    ({ route, credential, target, status }) =>
      /^POST /.test(route) &&
      !APART.test(route) &&
      !WHOLE.test(route) &&
      target === 'own' &&
      status < 300 &&
      credential === (/\/chats\/|\/keys\/:id\/rotate/.test(route) ? 'member' : 'owner'),
  );
