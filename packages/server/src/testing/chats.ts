import { expect } from 'vitest';
import type { ChatEvent, EventOf } from '../agent/chat-events.ts';
import { readModelSettings } from '../model/model-settings.ts';
import type { ServerOptions } from '../start-server.ts';
import type { Client } from './client.ts';
import { type LogEvent, readEvents } from './log-stream.ts';
import type { ScriptedModel } from './scripted-model.ts';

export interface ChatBody {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly mode: string | null;
  readonly permits: { readonly risks: readonly string[]; readonly sensitive: boolean };
  readonly usage: {
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly model_calls: number;
    readonly cost: number;
  };
  readonly turn: {
    readonly id: string;
    readonly state: string;
    readonly tainted: boolean;
    readonly steps: number;
  } | null;
}

/** Something that happened, with its number. */
export type SeenEvent = ChatEvent & { readonly id: number };

/** What a server is started with to talk to a scripted model. */
export function talkingTo(
  model: Pick<ScriptedModel, 'url'>,
  environment: NodeJS.ProcessEnv = {},
): Pick<ServerOptions, 'model'> {
  const settings = readModelSettings({
    DATAMAKER_MODEL_URL: model.url,
    ANTHROPIC_API_KEY: 'canary-model-key',
    ...environment,
  });
  if (settings === undefined) throw new Error('there is a URL');
  return { model: settings };
}

const toSeen = ({ event, id, data }: LogEvent): SeenEvent =>
  ({ type: event, id: Number(id), data: JSON.parse(data) }) as unknown as SeenEvent;

/** Speaks in a chat, as somebody. */
export class Talk {
  readonly id: string;
  readonly #client: Client;
  readonly #key: string;

  constructor(client: Client, key: string, id: string) {
    this.#client = client;
    this.#key = key;
    this.id = id;
  }

  static async begin(client: Client, key: string, body: object = {}): Promise<Talk> {
    const answer = await client.post<ChatBody>('/chats', body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    return new Talk(client, key, answer.body.id);
  }

  /** The same chat, as somebody else. */
  as = (client: Client, key: string): Talk => new Talk(client, key, this.id);

  get = async (): Promise<ChatBody> => (await this.#client.get<ChatBody>(`/chats/${this.id}`)).body;

  /** Says something and hears all that happens, until somebody has to decide or it has ended. */
  say = (text: string, more: object = {}): Promise<SeenEvent[]> =>
    this.#events(`/chats/${this.id}/messages`, { text, ...more }, 0);

  /** Hears what happened behind an event. */
  follow = (after = 0): Promise<SeenEvent[]> => this.#events(`/chats/${this.id}/events`, undefined, after);

  decide = (approval: string, how: 'approve' | 'refuse') =>
    this.#client.post<ChatBody>(`/chats/${this.id}/approvals/${approval}/${how}`, {});

  /** Lets the call be made that waits, and hears what happens then. */
  async approve(events: readonly SeenEvent[]): Promise<SeenEvent[]> {
    const answer = await this.decide(only(events, 'approval').id, 'approve');
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
    return this.follow(events.at(-1)?.id);
  }

  stop = () => this.#client.post<ChatBody>(`/chats/${this.id}/stop`, {});

  async #events(path: string, body: object | undefined, after: number): Promise<SeenEvent[]> {
    const headers = { authorization: `Bearer ${this.#key}`, 'last-event-id': String(after) };
    const isEnough = ({ event }: LogEvent): boolean => event === 'done' || event === 'approval';
    return (await readEvents(this.#client.url + path, headers, isEnough, body)).map(toSeen);
  }
}

/** What is in events of a type, in order. */
export const all = <Type extends ChatEvent['type']>(events: readonly SeenEvent[], type: Type): EventOf<Type>[] =>
  events.filter((one) => one.type === type).map(({ data }) => data as EventOf<Type>);

/** The one event of a type. */
export function only<Type extends ChatEvent['type']>(events: readonly SeenEvent[], type: Type): EventOf<Type> {
  const found = all(events, type);
  expect(found, `${type} in ${JSON.stringify(events)}`).toHaveLength(1);
  return found[0] as unknown as EventOf<Type>;
}

/** What was said, as it stands at the end. */
export const said = (events: readonly SeenEvent[]): string =>
  events.reduce((text, { type, data }) => {
    if (type === 'again') return '';
    return type === 'text' ? text + (data as EventOf<'text'>).text : text;
  }, '');
