import { nearest } from '@datamaker/engine';
import type { ChatMode, Risk, ToolPermission } from '../chat-kinds.ts';
import type { ChatPermits } from '../store/chat-tables.ts';

/** What has to be known of a tool to decide about it. */
export interface JudgedTool {
  readonly name: string;
  readonly risk: Risk;
}

/** What a call is judged by, none of which a model can change. */
export interface Circumstances {
  readonly mode: ChatMode;
  readonly permits: ChatPermits;
  /** What the workspace has said of the tool; undefined: nothing. */
  readonly permission: ToolPermission | undefined;
  /** Whether the turn has read what others wrote. */
  readonly isTainted: boolean;
  /** Whether nobody but a pattern has understood the request. */
  readonly isGuess: boolean;
}

export type Verdict =
  | { readonly verdict: 'call' }
  | { readonly verdict: 'ask'; readonly reason: string }
  | { readonly verdict: 'refuse'; readonly code: string; readonly message: string; readonly hint: string };

const IN_CHAT_MODE: ReadonlySet<Risk> = new Set(['read', 'generate']);

/** From so many rows on a call is large. */
export const LARGE_ROWS = 10_000;
/** Names of arguments that say how many rows. */
const COUNTS = /^(count|rows|row_count|quantity|records|limit|size)$/i;

/** Whether a call may be made, has to be asked for, or is refused. */
export function judge(tool: JudgedTool, input: unknown, circumstances: Circumstances): Verdict {
  const { mode, permits, permission, isTainted, isGuess } = circumstances;
  const { name, risk } = tool;
  const hint = 'say so, and what would be needed; do not try it by other tools';
  if (permission === 'off') {
    return { verdict: 'refuse', code: 'tool_off', message: `${name} is turned off in this workspace`, hint };
  }
  if (mode === 'chat' && !IN_CHAT_MODE.has(risk)) {
    const message = `${name} is for chats in the mode agent: this one may look and make rows`;
    return {
      verdict: 'refuse',
      code: 'not_in_this_mode',
      message,
      hint: 'say that a new chat in the mode agent can do it',
    };
  }
  if (!permits.risks.includes(risk)) {
    return { verdict: 'refuse', code: 'not_permitted', message: `this chat does not permit ${risk}`, hint };
  }
  if (permission === 'ask')
    return { verdict: 'ask', reason: 'the workspace wants to be asked before this tool is used' };
  if (risk === 'outbound_or_destructive') {
    if (permission !== 'allow')
      return { verdict: 'ask', reason: 'it leaves the workspace, executes code, or something is lost by it' };
    if (isTainted)
      return { verdict: 'ask', reason: 'it comes after data of others was read, which may have asked for it' };
  }
  if (risk !== 'read' && rowsOf(input) >= LARGE_ROWS)
    return { verdict: 'ask', reason: `it is about ${rowsOf(input)} rows` };
  if (isGuess && risk !== 'read') return { verdict: 'ask', reason: 'the request was read by patterns, not understood' };
  return { verdict: 'call' };
}

/** How many rows a call is about, as far as its arguments tell: the largest number of a count, or of a list. */
export function rowsOf(input: unknown, depth = 0): number {
  if (depth > 6 || input === null || typeof input !== 'object') return 0;
  let most = Array.isArray(input) ? input.length : 0;
  for (const [name, value] of Object.entries(input)) {
    const said = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
    if (COUNTS.test(name) && Number.isFinite(said)) most = Math.max(most, said);
    else most = Math.max(most, rowsOf(value, depth + 1));
  }
  return most;
}

/** What a model is told that names a tool there is not. */
export function unknownTool(name: string, known: readonly string[]): Extract<Verdict, { verdict: 'refuse' }> {
  const shown = name.slice(0, 80);
  const meant = nearest(shown, known);
  return {
    verdict: 'refuse',
    code: 'unknown_tool',
    message: `there is no tool ${JSON.stringify(shown)}`,
    hint: meant === undefined ? `tools are ${known.join(', ')}` : `did you mean ${meant}?`,
  };
}
