import type { ChatMode, ToolPermission } from '../chat-kinds.ts';
import type { ChatPermits } from '../store/chat-tables.ts';
import type { HeldTurn } from '../store/chat-turns.ts';
import type { Tenant } from '../store/tenant.ts';
import type { Api } from '../tools/api/api.ts';
import type { Tool } from '../tools/tool.ts';

/** What is known of a chat while a turn of it goes on. */
export interface TurnSurroundings {
  readonly tenant: Tenant;
  readonly turn: HeldTurn;
  readonly projectId: string;
  readonly requestId: string;
  readonly mode: ChatMode;
  readonly permits: ChatPermits;
  readonly permissions: ReadonlyMap<string, ToolPermission>;
  readonly tools: readonly Tool[];
  /** Whether whoever asks is an owner, now. */
  readonly isOwner: () => Promise<boolean>;
  readonly openApi: (signal: AbortSignal) => Api;
  /** Whether nobody but a pattern understands requests. */
  readonly isGuess: boolean;
  readonly signal: AbortSignal;
  readonly onFault: (fault: unknown) => void;
}
