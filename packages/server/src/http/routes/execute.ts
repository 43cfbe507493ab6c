import { ConnectionService } from '../../services/connection-service.ts';
import { ConnectionData } from '../../services/connections/connection-data.ts';
import { ConnectionDoor } from '../../services/connections/connection-door.ts';
import { executeStatement, noteStatement, type OneStatement } from '../../services/connections/execute-statement.ts';
import { tellOfStatement } from '../../services/scenarios/broker/tell-of-rows.ts';
import { sensitiveColumns } from '../../services/sets/sensitive-columns.ts';
import { type Beginning, beginningOf } from '../beginning-of.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { statementAnswer, statementBody } from '../schemas/statement.ts';
import { sendExport } from '../send-export.ts';
import { signalOf } from '../signal-of.ts';

const STATEMENT_MS = 120_000;

/** Statements in the SQL of a database. */
export const executeRoutes: Routes = async (app, { cursors, vault, claims, connections: places }) => {
  app.post(
    '/connections/:id/execute',
    {
      config: { permission: 'push' },
      schema: {
        operationId: 'executeStatement',
        tags: ['Connections'],
        summary: 'Send a statement to a database, and see what it gives',
        description:
          'It may change what the user of the connection may change; through a connection that is for reading only, nothing. Under an `Idempotency-Key` it is carried out once; when a server died on the way and nothing tells whether it was, the answer is `unknown_outcome`. Integers beyond 2^53 and decimals are texts, bytes are in base64.',
        params: idParams,
        body: statementBody,
        response: {
          200: { description: 'What it gave.', content: { 'application/json': { schema: statementAnswer } } },
          ...errorResponses('not_found', 'conflict', 'validation_error', 'secret_not_for_host', 'connection_failed'),
        },
      },
    },
    async (request, reply) => {
      const { tenant, ownTenant, principal, body } = request;
      refuseNul(body);
      const around = { tenant, ownTenant, principal, cursors, vault, places };
      const connection = await new ConnectionService(around).find(request.params.id);
      const beginning = connection.read_only ? undefined : await beginningOf(request, claims);
      const once = beginning && onceOf(beginning);
      await noteStatement(ownTenant, principal, connection, body.sql);
      const data = new ConnectionData(new ConnectionDoor(places, ownTenant, vault), ownTenant);
      // One that may have been carried out is tried where nothing can be written: what it reads does no harm twice.
      const use = { timeoutMs: STATEMENT_MS, signal: signalOf(reply), writes: once?.isAgain !== true };
      const found = await data.use(connection, use, (session, connector) =>
        executeStatement(session, connector, body, once),
      );
      tellOfStatement(body.sql, found.rows.length);
      const about = {
        of: 'connection' as const,
        id: connection.id,
        fields: await sensitiveColumns(found.columns),
        rows: found.rows.length,
        format: 'json',
      };
      await sendExport(request, about, async (delivered) => {
        delivered(found.rows.length);
        return true;
      });
      return { ...found, columns: [...found.columns], rows: [...found.rows] };
    },
  );
};

const onceOf = ({ earlier, begin, forget }: Beginning): OneStatement => ({
  isAgain: earlier !== undefined,
  begin: async () => void (await begin({ seed: null, version: null })),
  forget,
});
