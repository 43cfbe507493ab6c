import type { FastifyInstance } from 'fastify';
import { ApiError } from '../errors.ts';
import { callerBehind } from '../services/callers/known-callers.ts';
import { scriptBehind } from '../services/scenarios/broker/script-callers.ts';

/** What scripts of scenarios and agents of chats may ask for, as far as the role of whoever started them goes. */
const FOR_SCRIPTS = [
  /^\/(templates|mask|sets|connections|scenarios|runs|counters)(\/|$)/,
  /^\/workspace\/files(\/|$)/,
  /^\/api\/v1\/(?!auth\/)/,
];
/** Reading what they are, and where. */
const TO_READ = /^\/(session|workspace|projects\/:id)?$/;
/** Out of the project of the run. */
const MOVES = /\/move$/;

/** Whether scripts may ask for a route. One that nobody thought of here is not for them. */
export const isForScripts = (method: string, route: string): boolean =>
  (FOR_SCRIPTS.some((one) => one.test(route)) && !MOVES.test(route)) ||
  ((method === 'GET' || method === 'HEAD') && TO_READ.test(route));

/** Keeps scripts of runs, and agents of chats, away from keys, people, secrets, settings and whatever else is for their makers alone. */
export function refuseScripts(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw, method, routeOptions: { url } }) => {
    if (url === undefined || isForScripts(method, url)) return;
    if (scriptBehind(raw.socket) !== undefined) {
      throw new ApiError('forbidden', 'that is not for scripts of scenarios, whoever runs them');
    }
    if (callerBehind(raw.socket)?.isAgent === true) {
      throw new ApiError('forbidden', 'that is not for the agent of a chat, whoever it acts for');
    }
  });
}
