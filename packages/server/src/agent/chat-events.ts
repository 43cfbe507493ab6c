import type { ChatMode, Risk, TurnState } from '../chat-kinds.ts';
import type { NewChatEvent } from '../store/chat-events.ts';

/** What happens in a chat, as it is stored and sent. */
export type ChatEvent =
  | { readonly type: 'message'; readonly data: { readonly text: string; readonly by: string; readonly mode: ChatMode } }
  | { readonly type: 'text'; readonly data: { readonly text: string } }
  | { readonly type: 'plan'; readonly data: { readonly steps: readonly string[] } }
  | {
      readonly type: 'call';
      readonly data: {
        readonly id: string;
        readonly tool: string;
        readonly arguments: unknown;
        readonly risk: Risk | null;
      };
    }
  | {
      readonly type: 'result';
      readonly data: {
        readonly id: string;
        readonly tool: string;
        readonly ok: boolean;
        /** Of a tool that did what it was asked for. */
        readonly result?: unknown;
        readonly error?: { readonly code: string; readonly message: string; readonly hint?: string | undefined };
        /** Whether others may have written some of it. */
        readonly untrusted: boolean;
        /** Whether there was more of it. */
        readonly truncated: boolean;
      };
    }
  | {
      readonly type: 'approval';
      readonly data: {
        readonly id: string;
        readonly call: string;
        readonly tool: string;
        readonly arguments: unknown;
        readonly reason: string;
        readonly expires_at: string;
      };
    }
  | {
      readonly type: 'decision';
      readonly data: { readonly id: string; readonly call: string; readonly approved: boolean; readonly by: string };
    }
  /** The text since the step began is void: the model is asked again. */
  | { readonly type: 'again'; readonly data: { readonly problem: string; readonly wait_ms: number } }
  | {
      readonly type: 'usage';
      readonly data: {
        readonly input_tokens: number;
        readonly output_tokens: number;
        readonly turn_tokens: number;
        readonly turn_cost: number;
      };
    }
  | {
      readonly type: 'error';
      readonly data: { readonly code: string; readonly message: string; readonly hint: string };
    }
  | { readonly type: 'done'; readonly data: { readonly state: TurnState } };

export type EventOf<Type extends ChatEvent['type']> = Extract<ChatEvent, { readonly type: Type }>['data'];

/** An event to be noted. */
export const event = <Type extends ChatEvent['type']>(type: Type, data: EventOf<Type>): NewChatEvent => ({
  type,
  data,
});
