export { CONNECTION_PROBLEMS, ConnectionError, type ConnectionProblem } from './connection-error.ts';
export {
  type Capabilities,
  CONNECTION_TYPES,
  type ConnectionConfig,
  type ConnectionInput,
  type ConnectionSecrets,
  type ConnectionType,
  type Connector,
  type OpenOptions,
  type ParsedConnection,
  type SystemCall,
} from './connector.ts';
export { loadConnector } from './connectors.ts';
export { Dialer, type Resolve, type Target } from './dial/dialer.ts';
export { type Destined, entryOf, hasHost, hostEntry } from './dial/host-list.ts';
export { type ClosedKind, OutboundPolicy, type OwnPort } from './dial/outbound-policy.ts';
export { waitBefore } from './http/backoff.ts';
export { parseValue as parsePostgresValue } from './postgres/parse-value.ts';
export { keyOfRemoval } from './rest/key-of-removal.ts';
export type * from './schema/schema.ts';
export { schemaOfMetadata } from './schema-of-metadata.ts';
export { SEEDABLE, type Seedable } from './seedable.ts';
export type * from './session.ts';
export type * from './value.ts';
