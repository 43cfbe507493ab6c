import type { ChatModel } from '../model/chat-model.ts';
import type { RunSignals } from '../services/runs/run-signals.ts';
import { agentPermissions } from '../store/agent-permissions.ts';
import { findChatHolder } from '../store/chat-holders.ts';
import { type HeldTurn, renewTurn, stopOf } from '../store/chat-turns.ts';
import type { StoredChat } from '../store/chats.ts';
import type { Store } from '../store/open-store.ts';
import { briefTenantOf } from '../store/tenant.ts';
import type { OpenApi } from '../tools/api/in-memory-api.ts';
import type { Tool } from '../tools/tool.ts';
import type { AgentSettings } from './agent-settings.ts';
import { toolsFor } from './agent-tools.ts';
import { TurnLost } from './event-writer.ts';
import { runTurn, StopAsked } from './run-turn.ts';

const RENEW_MS = 4000;
/** Of one process. */
const MOST_AT_ONCE = 64;

export interface TurnRunnerOptions {
  readonly store: Store;
  /** The API of this process. */
  readonly openApi: OpenApi;
  readonly signals: RunSignals;
  readonly tools: readonly Tool[];
  readonly model: ChatModel;
  /** Whether the model is none, but patterns. */
  readonly isGuess: boolean;
  readonly settings: AgentSettings;
  readonly onFault: (fault: unknown, what: string) => void;
}

/** Works on turns in this process, apart from the requests that began them. */
export class TurnRunner {
  readonly #options: TurnRunnerOptions;
  readonly #running = new Map<string, { readonly stop: AbortController; readonly over: Promise<void> }>();
  readonly #renewals = new Set<() => Promise<void>>();
  #isClosed = false;

  constructor(options: TurnRunnerOptions) {
    this.#options = options;
  }

  /** What answers: the name of the model. */
  get modelName(): string {
    return this.#options.model.name;
  }

  /** Whether nobody but patterns answers. */
  get isGuess(): boolean {
    return this.#options.isGuess;
  }

  get tools(): readonly Tool[] {
    return this.#options.tools;
  }

  /** Whether there is room for one more. */
  get hasRoom(): boolean {
    return !this.#isClosed && this.#running.size < MOST_AT_ONCE;
  }

  /** Works on a turn that this server holds, until it ends or waits. Returns at once. */
  start(chat: StoredChat, turn: HeldTurn, requestId: string): void {
    const stop = new AbortController();
    const over = this.#work(chat, turn, requestId, stop)
      .catch((error: unknown) => this.#options.onFault(error, `turn ${turn.id} of a chat`))
      .finally(() => this.#running.delete(turn.id));
    this.#running.set(turn.id, { stop, over });
    if (this.#isClosed) stop.abort(CLOSING);
  }

  /** Says of all that this process works on that somebody does. */
  async renew(): Promise<void> {
    await Promise.all([...this.#renewals].map((renew) => renew()));
  }

  /** Ends what this process works on; what it was is stored. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const all = [...this.#running.values()];
    for (const { stop } of all) stop.abort(CLOSING);
    await Promise.all(all.map(({ over }) => over));
  }

  async #work(chat: StoredChat, turn: HeldTurn, requestId: string, stop: AbortController): Promise<void> {
    const { store, signals, tools, model, isGuess, settings, openApi, onFault } = this.#options;
    const tenant = briefTenantOf(store, turn.workspaceId);
    const { mode, permits, projectId } = chat;
    if (mode === null) throw new Error(`chat ${chat.id} has a turn and no mode`);
    const isReading = permits.risks.every((risk) => risk === 'read');
    const find = () => findChatHolder(tenant, turn.id, turn.token, isReading);
    const renew = async (): Promise<void> => {
      const state = await renewTurn(tenant, turn);
      if (state === 'over') stop.abort(new TurnLost());
      if (state === 'stop') stop.abort(new StopAsked());
    };
    const soon = (): void => void renew().catch((error: unknown) => onFault(error, `the lease of turn ${turn.id}`));
    this.#renewals.add(renew);
    const beating = setInterval(soon, RENEW_MS);
    const forget = signals.on(stopOf(turn.chatId), soon);
    try {
      const permissions = await agentPermissions(tenant, turn.workspaceId);
      await runTurn({
        tenant,
        turn,
        projectId,
        requestId,
        mode,
        permits,
        permissions,
        tools,
        model,
        isGuess,
        settings,
        offered: toolsFor(tools, mode, permits, permissions),
        isOwner: async () => (await find())?.role === 'owner',
        openApi: (signal) => openApi({ caller: { find, isAgent: true }, projectId, signal }),
        signal: stop.signal,
        onFault: (fault) => onFault(fault, `a tool of turn ${turn.id}`),
        told: () => signals.tell(turn.chatId),
      });
    } finally {
      this.#renewals.delete(renew);
      clearInterval(beating);
      forget();
    }
  }
}

const CLOSING = new Error('the server is being stopped');
