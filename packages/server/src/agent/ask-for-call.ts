import type { ModelCall } from '../model/chat-model.ts';
import { type BoundCall, wantApproval } from '../store/chat-approvals.ts';
import { addChatEvents } from '../store/chat-events.ts';
import { asHolder, pauseTurn } from '../store/chat-turns.ts';
import { event } from './chat-events.ts';
import { TurnLost } from './event-writer.ts';
import type { TurnSurroundings } from './turn-surroundings.ts';

/** Shows a call to whoever may let it be made, as it would be made, and lets the turn wait. @throws TurnLost */
export async function askForCall(
  call: ModelCall,
  shown: unknown,
  text: string,
  reason: string,
  bound: BoundCall,
  { tenant, turn }: TurnSurroundings,
): Promise<void> {
  const place = { chatId: turn.chatId, turnId: turn.id, workspaceId: turn.workspaceId };
  const asked = await asHolder(tenant, turn, async (tx) => {
    const { id, expiresAt } = await wantApproval(tx, { ...bound, workspaceId: turn.workspaceId, arguments: text });
    const card = { id, call: call.id, tool: bound.tool, arguments: shown, reason, expires_at: expiresAt.toISOString() };
    await addChatEvents(tx, place, [event('approval', card)]);
    await pauseTurn(tx, turn.id);
    return true;
  });
  if (asked === undefined) throw new TurnLost();
}
