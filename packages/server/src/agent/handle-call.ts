import type { ModelCall } from '../model/chat-model.ts';
import { takeApproval } from '../store/chat-approvals.ts';
import { asHolder, taintTurn } from '../store/chat-turns.ts';
import { callTool } from '../tools/call-tool.ts';
import { checkInput } from '../tools/check-input.ts';
import { ToolError } from '../tools/tool-error.ts';
import { askForCall } from './ask-for-call.ts';
import { canonicalJson, hashOfCall } from './canonical-json.ts';
import { type EventOf, event } from './chat-events.ts';
import { TurnLost } from './event-writer.ts';
import { finishCall } from './finish-call.ts';
import { mayLeak } from './may-leak.ts';
import { judge, unknownTool } from './policy.ts';
import { findSensitiveData, redactSensitive, type SensitiveData, sendsSensitive } from './sensitive-data.ts';
import { planOf, SHOW_PLAN } from './show-plan.ts';
import type { Transcript } from './transcript.ts';
import type { TurnSurroundings } from './turn-surroundings.ts';

/** The same call, so often in a turn, leads nowhere; looking how far something is may take a while. */
const MOST_ALIKE = { looking: 10, doing: 3 } as const;

/**
 * Makes a call that a model wants, or has it asked for, or refuses it; all but the asking ends in a result. Whether it may be made
 * is decided here, from what the server knows: nothing that a model says has a part in it.
 * @returns `paused` when somebody has to decide first
 * @throws TurnLost
 */
export async function handleCall(
  call: ModelCall,
  transcript: Transcript,
  around: TurnSurroundings,
): Promise<'done' | 'paused'> {
  const { tenant, turn, tools, mode, permits, permissions, isGuess } = around;
  const refuse = (code: string, message: string, hint?: string): Promise<'done'> =>
    finishCall(call, { ok: false, error: { code, message, hint }, untrusted: false, truncated: false }, around, {
      outcome: code,
    });
  const given = parse(call.input);
  if (given === undefined) {
    return refuse('not_json', 'the arguments are not a JSON object', 'write them again, as one object that is whole');
  }
  if (call.name === SHOW_PLAN) {
    const steps = planOf(given);
    if (steps === undefined)
      return refuse('validation_error', 'a plan has `steps`, 1 to 20 texts of at most 500 characters');
    return finishCall(call, { ok: true, result: 'shown', untrusted: false, truncated: false }, around, undefined, [
      event('plan', { steps }),
    ]);
  }
  const tool = tools.find(({ name }) => name === call.name);
  if (tool === undefined) {
    const { code, message, hint } = unknownTool(
      call.name,
      tools.map(({ name }) => name),
    );
    return refuse(code, message, hint);
  }
  let input: Readonly<Record<string, unknown>>;
  try {
    input = checkInput(tool.name, tool.input, given);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return finishCall(call, { ok: false, error: error.toJSON() as never, untrusted: false, truncated: false }, around, {
      outcome: error.code,
    });
  }
  const text = canonicalJson(input);
  const alike = transcript.made.filter(
    (one) => one.tool === call.name && canonicalJson(JSON.parse(one.input)) === canonicalJson(given),
  );
  if (alike.length > (tool.risk === 'read' ? MOST_ALIKE.looking : MOST_ALIKE.doing)) {
    return refuse(
      'same_again',
      'this very call was made before in this turn',
      'use what it gave, do something else, or tell the person',
    );
  }
  const hash = hashOfCall(tool.name, text);
  const decision = transcript.decisions.get(call.id);
  if (decision !== undefined && !decision.approved) {
    return refuse('not_approved', 'the person did not approve this call', 'ask them what they would like instead');
  }
  const seen = await asHolder(tenant, turn, async (_tx, now) => now);
  if (seen === undefined) throw new TurnLost();
  const judged = judge(tool, input, {
    mode,
    permits,
    permission: permissions.get(tool.name),
    isTainted: seen.isTainted,
    isGuess,
  });
  const leak = judged.verdict === 'call' ? mayLeak(tool, input, transcript.messages, seen.isTainted) : undefined;
  const verdict = leak === undefined ? judged : ({ verdict: 'ask', reason: leak } as const);
  if (verdict.verdict === 'refuse') return refuse(verdict.code, verdict.message, verdict.hint);
  const mayBeSensitive = permits.sensitive || (await around.isOwner());
  const look = (): Promise<SensitiveData> => findSensitiveData(tenant, around.projectId);
  if (tool.risk === 'outbound_or_destructive' && !mayBeSensitive && sendsSensitive(input, await look())) {
    return refuse(
      'sensitive_refused',
      'this would send values of sensitive fields',
      'an owner can do it, or the author of the chat can let this chat do it (permits.sensitive)',
    );
  }
  if (verdict.verdict === 'ask') {
    const bound = {
      chatId: turn.chatId,
      turnId: turn.id,
      personId: turn.personId,
      callId: call.id,
      tool: tool.name,
      hash,
    };
    if (decision === undefined) {
      await askForCall(call, JSON.parse(text), text, verdict.reason, bound, around);
      return 'paused';
    }
    const isTaken = await asHolder(tenant, turn, (tx) => takeApproval(tx, bound));
    if (isTaken === undefined) throw new TurnLost();
    if (!isTaken)
      return refuse('approval_void', 'the approval is used, over, or was for another call', 'ask for it again');
  }
  // Noted before it is read: a server that dies in between must not forget it.
  if (tool.readsForeignData && !seen.isTainted) {
    const noted = await asHolder(tenant, turn, async (tx) => {
      await taintTurn(tx, turn.id);
      return true;
    });
    if (noted === undefined) throw new TurnLost();
  }
  const { structured, error } = await callTool(tool, JSON.parse(text), {
    openApi: around.openApi,
    signal: around.signal,
    progress: () => undefined,
    onFault: around.onFault,
  });
  const data = structured?.data;
  // Looked at anew: fields that were made by the call count as well.
  const shown = mayBeSensitive || data === undefined ? data : redactSensitive(data, input, await look());
  const result =
    error === undefined
      ? { ok: true, result: shown, untrusted: structured?.untrusted ?? true, truncated: structured?.truncated ?? false }
      : { ok: false, error: error.toJSON() as EventOf<'result'>['error'], untrusted: true, truncated: false };
  return finishCall(call, result as never, around, {
    outcome: error?.code ?? 'ok',
    arguments_sha256: hash.toString('hex'),
    approval: decision?.id ?? null,
  });
}

/** What a model wrote, when it is an object. */
function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {}
  return undefined;
}
