import type { AuthKind } from './systems.ts';

export interface AuthField {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly isSecret?: boolean;
  readonly isOptional?: boolean;
  readonly values?: readonly string[];
}

const client: readonly AuthField[] = [
  { name: 'token_url', label: 'URL of tokens' },
  { name: 'client_id', label: 'Client id' },
  { name: 'client_secret', label: 'Client secret', isSecret: true },
];

/** Ways to sign in, with what each needs. */
export const AUTH: Readonly<Record<AuthKind, { readonly label: string; readonly fields: readonly AuthField[] }>> = {
  none: { label: 'None', fields: [] },
  basic: {
    label: 'User and password',
    fields: [
      { name: 'username', label: 'User' },
      { name: 'password', label: 'Password', isSecret: true, isOptional: true },
    ],
  },
  bearer: { label: 'Token (Bearer)', fields: [{ name: 'token', label: 'Token', isSecret: true }] },
  api_key: {
    label: 'API key',
    fields: [
      { name: 'in', label: 'Where it goes', values: ['header', 'query'] },
      { name: 'name', label: 'Its name there', help: 'X-API-Key unless said.', isOptional: true },
      { name: 'key', label: 'Key', isSecret: true },
    ],
  },
  oauth2_client_credentials: {
    label: 'OAuth 2 client credentials',
    fields: [
      ...client,
      { name: 'scope', label: 'Scope', isOptional: true },
      { name: 'audience', label: 'Audience', isOptional: true },
      { name: 'credentials_in', label: 'Credentials are sent in the', values: ['header', 'body'] },
    ],
  },
  destination: {
    label: 'Destination of SAP BTP',
    fields: [
      { name: 'name', label: 'Name of the destination' },
      { name: 'service_url', label: 'URL of the destination service' },
      ...client,
    ],
  },
};
