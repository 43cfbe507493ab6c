import type { ConnectionConfig, Connector, OpenOptions } from '../connector.ts';
import { authenticatorOf } from '../http/auth/authenticator.ts';
import { HttpClient } from '../http/http-client.ts';
import { withSecretHeaders } from '../http/http-options.ts';
import { httpTargets } from '../http/http-targets.ts';
import { type ODataConfig, parseOData } from './config.ts';
import { Destination } from './destination.ts';
import { Service } from './service.ts';
import { ODataSession } from './session.ts';

/** Services of OData V2 and V4: SAP S/4HANA, SAP Gateway, and those of others. */
export const sapODataConnector: Connector = {
  type: 'sap_odata',
  label: 'SAP OData',
  capabilities: {
    transactions: false,
    copy: false,
    execute: false,
    upsert: true,
    deepInsert: true,
    foreignKeys: true,
    rowOutcomes: true,
  },
  parse: parseOData,
  targets: (kept) => httpTargets(kept as ODataConfig),
  open: async (given: ConnectionConfig, { dialer, secrets, readOnly, onCall, ...opening }: OpenOptions) => {
    const { url, auth, options } = given as ODataConfig;
    const headers = withSecretHeaders(options.headers, options.secretHeaders, secrets);
    let destination: Destination | undefined;
    const client = new HttpClient({ ...options, headers, dialer, cookies: true, onCall, opening }, (send) => {
      if (auth.type !== 'destination') return authenticatorOf(auth, secrets, send);
      destination = new Destination(auth, secrets, send);
      return destination;
    });
    try {
      const root = destination === undefined ? url : await (destination as Destination).urlOf(url, opening.signal);
      return new ODataSession(new Service(client, root, options), options, readOnly);
    } catch (error) {
      await client.close();
      throw error;
    }
  },
};
