export { CONNECTION_PROBLEMS, ConnectionError, type ConnectionProblem } from './connection-error.ts';
export { Dialer, type Resolve, type Target } from './dial/dialer.ts';
export { type ClosedKind, OutboundPolicy, type OwnPort } from './dial/outbound-policy.ts';
