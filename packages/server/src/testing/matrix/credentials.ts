/** What somebody may come with. Those in a list of their own get nothing from a route that asks for a permission. */
export const DEAD = ['none', 'wrong', 'expired', 'revoked', 'removed', 'expiredSession'] as const;
export const ALIVE = [
  'viewer',
  'member',
  /** The member's browser. */
  'session',
  /** The same, but a page of another site asks. */
  'crossSite',
  'admin',
  'owner',
  /** The owner's key that may only read. */
  'readOnly',
  /** The owner's key for looking and making rows: a key made for MCP. */
  'scoped',
  /** The admin's key for the other project only. */
  'otherProject',
  /** The owner of another workspace. */
  'foreign',
] as const;
/** The key of an owner whose workspace is deleted: good for taking that back, and for nothing else. */
export const ENDED = 'ended';
export const CREDENTIALS = [...DEAD, ...ALIVE, ENDED] as const;
export type Credential = (typeof CREDENTIALS)[number];

/** Whose a thing is that a request names. */
export const TARGETS = ['own', 'otherProject', 'foreign', 'deleted', 'absent', 'malformed'] as const;
export type Target = (typeof TARGETS)[number];

/** What a request names. */
export type Kind =
  | 'template'
  | 'set'
  | 'file'
  | 'run'
  | 'queuedRun'
  /** A job that is done, in one part. */
  | 'job'
  /** A run that has filled a database. */
  | 'pushRun'
  | 'scenario'
  /** A run of a scenario that has ended, by the id of both. */
  | 'scenarioRun'
  /** The same that has not begun. */
  | 'queuedScenarioRun'
  | 'schedule'
  | 'chat'
  /** Of a call in a chat, by the id of both. */
  | 'approval'
  | 'seedRun'
  | 'project'
  | 'projectHeader'
  | 'person'
  | 'key'
  | 'invite'
  | 'inviteToken'
  | 'session'
  | 'contract'
  | 'counter'
  | 'secret'
  /** A secret of a whole workspace. */
  | 'sharedSecret'
  | 'connection';
