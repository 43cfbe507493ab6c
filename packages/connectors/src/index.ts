export { CONNECTION_PROBLEMS, ConnectionError, type ConnectionProblem } from './connection-error.ts';
export {
  type Capabilities,
  CONNECTION_TYPES,
  type ConnectionConfig,
  type ConnectionInput,
  type ConnectionSecrets,
  type ConnectionType,
  type Connector,
  type ParsedConnection,
} from './connector.ts';
export { loadConnector } from './connectors.ts';
export { Dialer, type Resolve, type Target } from './dial/dialer.ts';
export { type ClosedKind, OutboundPolicy, type OwnPort } from './dial/outbound-policy.ts';
export type { Column, DatabaseSchema, Table, TableName } from './schema/schema.ts';
export type { Condition, InsertReport, OnConflict, ReadQuery, ServerInfo, Session } from './session.ts';
export type { Row, Rows, Value, ValueObject } from './value.ts';
