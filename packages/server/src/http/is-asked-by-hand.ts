import type { FastifyRequest } from 'fastify';
import { callerBehind } from '../services/callers/known-callers.ts';
import { scriptBehind } from '../services/scenarios/broker/script-callers.ts';

/**
 * Whether whoever holds the key or the session asks by themselves: no tool for them, which a model leads (agents of chats, clients of MCP), and
 * no script of a run.
 */
export const isAskedByHand = ({ raw }: Pick<FastifyRequest, 'raw'>): boolean =>
  callerBehind(raw.socket) === undefined && scriptBehind(raw.socket) === undefined;
