import type { ModelCall } from '../model/chat-model.ts';
import { recordAct } from '../store/audit.ts';
import { addChatEvents, type NewChatEvent } from '../store/chat-events.ts';
import { asHolder, taintTurn } from '../store/chat-turns.ts';
import { type EventOf, event } from './chat-events.ts';
import { TurnLost } from './event-writer.ts';
import type { TurnSurroundings } from './turn-surroundings.ts';

/**
 * Notes what became of a call, with who let it be made: one is not there without the other.
 * @param audit what the audit says of it; undefined: nothing
 * @param before what else is noted
 * @throws TurnLost
 */
export async function finishCall(
  { id, name }: ModelCall,
  result: Omit<EventOf<'result'>, 'id' | 'tool'>,
  { tenant, turn, projectId, requestId }: TurnSurroundings,
  audit?: Readonly<Record<string, unknown>>,
  before: readonly NewChatEvent[] = [],
): Promise<'done'> {
  const place = { chatId: turn.chatId, turnId: turn.id, workspaceId: turn.workspaceId };
  const tool = name.slice(0, 80);
  const noted = await asHolder(tenant, turn, async (tx, now) => {
    if (result.untrusted && !now.isTainted) await taintTurn(tx, turn.id);
    await addChatEvents(tx, place, [...before, event('result', { id, tool, ...result })]);
    if (audit === undefined) return true;
    const { workspaceId, personId } = turn;
    const actor = { workspaceId, projectId, personId, keyId: turn.id, requestId };
    const details = { turn: turn.id, call: id, tool, ...audit };
    await recordAct(tx, actor, { action: 'agent.tool_called', subjectId: turn.chatId, details });
    return true;
  });
  if (noted === undefined) throw new TurnLost();
  return 'done';
}
