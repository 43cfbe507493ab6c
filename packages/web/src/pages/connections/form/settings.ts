/** One thing that can be said of a system besides its address. */
export interface Setting {
  /** Where it is in `options`: `tls.mode`. */
  readonly path: string;
  readonly label: string;
  readonly help?: string;
  readonly kind: 'text' | 'number' | 'list' | 'switch' | 'long' | 'json' | readonly string[];
}

export const ca: Setting = {
  path: 'tls.ca',
  label: 'Certificates of authorities',
  help: 'As PEM, where the system has one of your own. The encryption has to be chosen as well.',
  kind: 'long',
};
/** How far who answers is trusted. @param modes that the system knows */
export const encryption = (...modes: readonly string[]): Setting => ({
  path: 'tls.mode',
  label: 'Encryption',
  help: 'require trusts whoever answers, verify-ca checks the certificate, verify-full its name as well.',
  kind: modes,
});
export const tls = encryption('disable', 'require', 'verify-ca', 'verify-full');
export const schemas: Setting = {
  path: 'schemas',
  label: 'Schemas',
  help: 'Whose tables are seen; commas between them. Empty: the usual one.',
  kind: 'list',
};
export const idle: Setting = {
  path: 'idleTimeoutSeconds',
  label: 'Silence in seconds',
  help: 'After which the connection counts as broken.',
  kind: 'number',
};
/** What all systems over HTTP take. */
export const ofHttp: readonly Setting[] = [
  { path: 'headers', label: 'Headers', help: 'An object of JSON, sent with each request.', kind: 'json' },
  { path: 'requestsPerSecond', label: 'Requests a second', help: 'At most.', kind: 'number' },
  { path: 'concurrency', label: 'Requests at a time', kind: 'number' },
  { path: 'timeoutSeconds', label: 'Seconds for an answer', kind: 'number' },
  { path: 'retries', label: 'Attempts after the first', kind: 'number' },
  { path: 'responseLimitMib', label: 'Largest answer in MiB', kind: 'number' },
  encryption('require', 'verify-ca', 'verify-full'),
  ca,
];
