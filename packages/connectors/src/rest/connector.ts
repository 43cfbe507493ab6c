import type { ConnectionConfig, Connector, OpenOptions } from '../connector.ts';
import { authenticatorOf } from '../http/auth/authenticator.ts';
import { HttpClient } from '../http/http-client.ts';
import { withSecretHeaders } from '../http/http-options.ts';
import { httpTargets } from '../http/http-targets.ts';
import { parseRest, type RestConfig } from './config.ts';
import { RestSession } from './session.ts';

/** Systems that take and give JSON over HTTP. */
export const restConnector: Connector = {
  type: 'rest',
  label: 'REST',
  capabilities: {
    transactions: false,
    copy: false,
    execute: false,
    upsert: false,
    deepInsert: false,
    foreignKeys: false,
    rowOutcomes: true,
  },
  parse: parseRest,
  targets: (kept) => httpTargets(kept as RestConfig),
  open: async (given: ConnectionConfig, { dialer, secrets, readOnly, onCall, ...opening }: OpenOptions) => {
    const config = given as RestConfig;
    const { options } = config;
    const headers = withSecretHeaders(options.headers, options.secretHeaders, secrets);
    const client = new HttpClient({ ...options, headers, dialer, onCall, opening }, (send) =>
      authenticatorOf(config.auth, secrets, send),
    );
    return new RestSession(config, client, readOnly);
  },
};
