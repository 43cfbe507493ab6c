/** `chat`: looks and makes rows, a few steps. `agent`: plans, writes, sends. Fixed by the first message. */
export const CHAT_MODES = ['chat', 'agent'] as const;
export type ChatMode = (typeof CHAT_MODES)[number];

/** What tools do, the harmless ones first. */
export const RISKS = ['read', 'generate', 'write', 'outbound_or_destructive'] as const;
export type Risk = (typeof RISKS)[number];

/** `waiting`: for an approval. `lost`: the server that worked on it went away. */
export type TurnState = 'running' | 'waiting' | 'done' | 'failed' | 'stopped' | 'lost';

/** What a workspace says of a tool of the agent. */
export const PERMISSIONS_OF_TOOLS = ['allow', 'ask', 'off'] as const;
export type ToolPermission = (typeof PERMISSIONS_OF_TOOLS)[number];
