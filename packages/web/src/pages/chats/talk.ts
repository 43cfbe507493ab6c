import type { ServerEvent } from '../../api/events.ts';
import type { ChatMode } from '../../api/types.ts';

/** What is wrong, in the words of the server. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export interface Approval {
  readonly id: string;
  readonly arguments: unknown;
  readonly reason: string;
  readonly expires_at: string;
}

/** A tool that the agent wants: what it is called with, whether somebody has to decide, and what came of it. */
export interface Call {
  readonly id: string;
  readonly tool: string;
  readonly arguments: unknown;
  readonly approval?: Approval;
  readonly approved?: boolean;
  readonly outcome?: {
    readonly ok: boolean;
    readonly result?: unknown;
    readonly error?: Trouble;
    readonly untrusted: boolean;
    readonly truncated: boolean;
  };
  /** Its turn has ended without it. */
  readonly isOver?: boolean;
}

/** One thing that is shown; `key` is the number of the event that it began with. */
export type Entry = { readonly key: number } & (
  | { readonly kind: 'message'; readonly text: string; readonly mode: ChatMode }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'plan'; readonly steps: readonly string[] }
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'again'; readonly problem: string }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  | { readonly kind: 'end'; readonly state: string; readonly tokens: number; readonly cost: number }
);

/** What is shown of a chat. */
export interface Talk {
  readonly entries: readonly Entry[];
  /** Something is under way; with `isWaiting`, for somebody to decide. */
  readonly isOpen: boolean;
  readonly isWaiting: boolean;
  /** Earlier entries are not kept. */
  readonly isCut: boolean;
  /** The answer of a step has ended: what comes is the next one's. */
  readonly isStepOver: boolean;
  readonly tokens: number;
  readonly cost: number;
}

export const NOTHING: Talk = {
  entries: [],
  isOpen: false,
  isWaiting: false,
  isCut: false,
  isStepOver: true,
  tokens: 0,
  cost: 0,
};

/** Entries that are kept on the page. */
const MOST = 1000;
/** The tool that only shows a plan, which is an event of its own. */
const SHOW_PLAN = 'show_plan';

/** What is shown once something more has happened. Events come in order, each once. */
export function addEvent(talk: Talk, { event, data: json, id }: ServerEvent): Talk {
  const data = JSON.parse(json);
  const key = Number(id);
  const add = (entry: Entry, more: Partial<Talk> = {}): Talk => ({
    ...talk,
    ...more,
    entries: [...(more.entries ?? talk.entries), entry].slice(-MOST),
    isCut: talk.isCut || talk.entries.length >= MOST,
    isStepOver: true,
  });
  switch (event) {
    case 'message':
      return add(
        { key, kind: 'message', text: data.text, mode: data.mode },
        { isOpen: true, isWaiting: false, tokens: 0, cost: 0 },
      );
    case 'text': {
      const last = talk.entries.at(-1);
      if (talk.isStepOver || last?.kind !== 'text')
        return { ...add({ key, kind: 'text', text: data.text }), isStepOver: false };
      return { ...talk, entries: [...talk.entries.slice(0, -1), { ...last, text: last.text + data.text }] };
    }
    case 'plan':
      return add({ key, kind: 'plan', steps: data.steps });
    case 'call':
      return data.tool === SHOW_PLAN ? talk : add({ key, kind: 'call', call: data });
    case 'approval':
      return { ...change(talk, data.call, { approval: data }), isWaiting: true };
    case 'decision':
      return { ...change(talk, data.call, { approved: data.approved }), isWaiting: false };
    case 'result':
      return change(talk, data.id, { outcome: data });
    case 'again': {
      const isVoid = !talk.isStepOver && talk.entries.at(-1)?.kind === 'text';
      return add(
        { key, kind: 'again', problem: data.problem },
        isVoid ? { entries: talk.entries.slice(0, -1) } : undefined,
      );
    }
    case 'usage':
      return { ...talk, tokens: data.turn_tokens, cost: data.turn_cost, isStepOver: true };
    case 'error':
      return add({ key, kind: 'trouble', trouble: data });
    case 'done': {
      const entries = talk.entries.map((entry) =>
        entry.kind === 'call' && entry.call.outcome === undefined
          ? { ...entry, call: { ...entry.call, isOver: true } }
          : entry,
      );
      const end: Entry = { key, kind: 'end', state: data.state, tokens: talk.tokens, cost: talk.cost };
      return add(end, { entries, isOpen: false, isWaiting: false });
    }
    default:
      return talk;
  }
}

const change = (talk: Talk, callId: string, more: Partial<Call>): Talk => ({
  ...talk,
  entries: talk.entries.map((entry) =>
    entry.kind === 'call' && entry.call.id === callId ? { ...entry, call: { ...entry.call, ...more } } : entry,
  ),
});
