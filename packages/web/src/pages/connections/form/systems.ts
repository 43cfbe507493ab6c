import { ca, encryption, idle, ofHttp, type Setting, schemas, tls } from './settings.ts';

export const AUTH_KINDS = ['none', 'basic', 'bearer', 'api_key', 'oauth2_client_credentials', 'destination'] as const;
export type AuthKind = (typeof AUTH_KINDS)[number];

export interface System {
  readonly label: string;
  /** An address as is usual for it. */
  readonly url: string;
  /** What stands behind the port of a database; undefined: its address is one text. */
  readonly database?: string;
  readonly auth: readonly AuthKind[];
  readonly settings: readonly Setting[];
  /** Those that are seldom needed. */
  readonly more: readonly Setting[];
}

/** The systems that connections lead to, and what forms ask of them. */
export const SYSTEMS = {
  postgres: {
    label: 'PostgreSQL',
    url: 'postgres://db.example.org:5432/shop',
    database: 'Database',
    auth: ['basic'],
    settings: [tls, schemas],
    more: [ca, idle],
  },
  mysql: {
    label: 'MySQL, MariaDB',
    url: 'mysql://db.example.org:3306/shop',
    database: 'Database',
    auth: ['basic'],
    settings: [tls, schemas],
    more: [ca, idle],
  },
  mssql: {
    label: 'SQL Server',
    url: 'mssql://db.example.org:1433/shop',
    database: 'Database',
    auth: ['basic'],
    settings: [encryption('disable', 'require', 'verify-full'), schemas],
    more: [
      ca,
      { path: 'certificateHost', label: 'Name in the certificate', help: 'Where it is not the host.', kind: 'text' },
      { path: 'strict', label: 'Strict encryption (TDS 8)', kind: 'switch' },
      idle,
    ],
  },
  oracle: {
    label: 'Oracle',
    url: 'oracle://db.example.org:1521/shop',
    database: 'Service',
    auth: ['basic'],
    settings: [tls, schemas],
    more: [{ path: 'isSid', label: 'The service is a SID', kind: 'switch' }, ca, idle],
  },
  db2: {
    label: 'Db2',
    url: 'db2://db.example.org:50000/shop',
    database: 'Database',
    auth: ['basic'],
    settings: [tls, schemas],
    more: [{ path: 'authentication', label: 'How the password goes', kind: ['server', 'server_encrypt'] }, ca, idle],
  },
  mongodb: {
    label: 'MongoDB',
    url: 'mongodb://db1.example.org:27017,db2.example.org:27017/shop',
    auth: ['basic', 'none'],
    settings: [tls, { path: 'replicaSet', label: 'Replica set', kind: 'text' }],
    more: [
      { path: 'authSource', label: 'Database that knows the user', help: 'admin unless said.', kind: 'text' },
      { path: 'authMechanism', label: 'Way to sign in', kind: ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'] },
      { path: 'directConnection', label: 'Only the hosts that are named', kind: 'switch' },
      { path: 'createCollections', label: 'The first row makes a collection that is not there', kind: 'switch' },
      ca,
      idle,
    ],
  },
  rest: {
    label: 'REST',
    url: 'https://api.example.org/v1',
    auth: ['none', 'basic', 'bearer', 'api_key', 'oauth2_client_credentials'],
    settings: [
      { path: 'path', label: 'Path of rows', help: 'Where they go when a push names no path.', kind: 'text' },
      {
        path: 'openapi',
        label: 'OpenAPI document',
        help: 'A path or URL at the same host: its paths become tables.',
        kind: 'text',
      },
      { path: 'mode', label: 'Rows in a request', help: 'row: one; batch: a list.', kind: ['row', 'batch'] },
      { path: 'wrapperKey', label: 'Property of the list', help: 'items for {"items": […]}.', kind: 'text' },
    ],
    more: [
      { path: 'method', label: 'Method', kind: ['POST', 'PUT', 'PATCH'] },
      { path: 'verifyPath', label: 'Path to verify', kind: 'text' },
      {
        path: 'idempotencyHeader',
        label: 'Header of requests that repeat',
        help: 'By which the system does the same only once, such as Idempotency-Key.',
        kind: 'text',
      },
      { path: 'createdPointer', label: 'The made row in the answer', help: 'A JSON pointer.', kind: 'text' },
      { path: 'rowsPointer', label: 'Rows in what is read', help: 'A JSON pointer.', kind: 'text' },
      { path: 'paging', label: 'Pages', help: 'As {"kind": "link_header"}.', kind: 'json' },
      {
        path: 'delete',
        label: 'How rows are removed',
        help: 'For undo, as {"method": "DELETE", "path": "/people/{id}", "id": "/id"}.',
        kind: 'json',
      },
      ...ofHttp,
    ],
  },
  sap_odata: {
    label: 'SAP OData',
    url: 'https://sap.example.org/sap/opu/odata/sap/API_BUSINESS_PARTNER',
    auth: ['basic', 'oauth2_client_credentials', 'destination', 'bearer', 'api_key', 'none'],
    settings: [
      { path: 'client', label: 'Client', help: 'Three digits: 100.', kind: 'text' },
      { path: 'language', label: 'Language', help: 'Of messages: EN.', kind: 'text' },
    ],
    more: [
      { path: 'version', label: 'Version', kind: ['auto', 'v2', 'v4'] },
      { path: 'mode', label: 'Rows in a request', help: 'batch: many in a $batch.', kind: ['batch', 'row'] },
      { path: 'changeSet', label: 'Kept as a whole', kind: ['row', 'batch'] },
      { path: 'pageSize', label: 'Rows asked for at a time', kind: 'number' },
      ...ofHttp,
    ],
  },
} as const satisfies Readonly<Record<string, System>>;

export type SystemType = keyof typeof SYSTEMS;

export const isSystem = (type: string | undefined): type is SystemType =>
  type !== undefined && Object.hasOwn(SYSTEMS, type);

/** What forms ask of a system; of one that they do not know, what they ask of REST. */
export const systemOf = (type: string): System => SYSTEMS[isSystem(type) ? type : 'rest'];

/** Whether whole databases of the system are filled. */
export const seeds = (type: string): boolean => type === 'postgres' || type === 'mysql';
