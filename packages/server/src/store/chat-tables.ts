import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { ChatMode, Risk, ToolPermission, TurnState } from '../chat-kinds.ts';

type Moment = ColumnType<Date, Date | string | undefined, Date | string>;
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>;

/** What the people of a chat let its agent do; what somebody may not do themselves it may not do for them either. */
export interface ChatPermits {
  readonly risks: readonly Risk[];
  /** Whether values of sensitive fields may be seen and sent by the agent. */
  readonly sensitive: boolean;
}

export interface ChatTables {
  /** A conversation with the agent. */
  chat: {
    id: string;
    workspace_id: string;
    project_id: string;
    ordinal: Generated<string>;
    name: string;
    /** Counts changes of name and permits. */
    version: Generated<number>;
    mode: ChatMode | null;
    permits: JSONColumnType<ChatPermits, string, string>;
    /** Of its last event. */
    last_seq: Generated<string>;
    input_tokens: Generated<string>;
    output_tokens: Generated<string>;
    model_calls: Generated<string>;
    cost: Generated<string>;
    created_by: string;
    created_at: Moment;
    updated_at: Moment;
    deleted_at: OptionalMoment;
    purge_at: OptionalMoment;
  };
  /** A message of somebody, and all that is done for it. */
  chat_turn: {
    id: string;
    chat_id: string;
    workspace_id: string;
    ordinal: Generated<string>;
    state: TurnState;
    /** On whose behalf, and by which key or session. */
    person_id: string;
    credential: 'key' | 'session';
    credential_id: string;
    read_only: boolean;
    request_id: string;
    /** Of the server that works on it. */
    token: string | null;
    lease_until: OptionalMoment;
    stop_asked: Generated<boolean>;
    /** Whether it has read what others wrote. */
    tainted: Generated<boolean>;
    step_count: Generated<number>;
    token_count: Generated<string>;
    cost: Generated<string>;
    created_at: Moment;
    ended_at: OptionalMoment;
  };
  /** What happened in a chat, in order; never changed. */
  chat_event: {
    chat_id: string;
    seq: string;
    workspace_id: string;
    turn_id: string;
    type: string;
    data: JSONColumnType<object, string, string>;
    at: Moment;
  };
  /** Lets one call be made once, as it was shown. */
  chat_approval: {
    id: string;
    chat_id: string;
    turn_id: string;
    workspace_id: string;
    person_id: string;
    call_id: string;
    tool: string;
    /** As they were shown: JSON with names in order. */
    arguments: string;
    arguments_hash: Buffer;
    state: 'wanted' | 'approved' | 'used' | 'refused' | 'ended';
    created_at: Moment;
    expires_at: Moment;
    decided_at: OptionalMoment;
    used_at: OptionalMoment;
  };
  agent_permission: {
    workspace_id: string;
    tool: string;
    permission: ToolPermission;
    updated_at: Moment;
    updated_by: string;
  };
}
