import type { FastifyInstance } from 'fastify';
import type { AskModel } from '../../model/open-model.ts';
import { AnswerMemory } from '../../services/datagen/answer-memory.ts';
import { Callers } from '../../services/datagen/callers.ts';
import { DatagenService } from '../../services/datagen/datagen-service.ts';
import { ExportLog } from '../../services/datagen/export-log.ts';
import { RowsMaker } from '../../services/datagen/rows-maker.ts';
import type { Store } from '../../store/open-store.ts';
import type { OpenRequests } from '../open-requests.ts';
import { describeOperations } from '../openapi/describe-operations.ts';
import type { DatagenContext } from './context.ts';
import { handleDatagenErrors } from './errors.ts';
import { DOCUMENT } from './openapi/document.ts';
import { contractRoutes } from './routes/contracts.ts';
import { discoveryRoutes } from './routes/discovery.ts';
import { generateRoutes } from './routes/generate.ts';
import { generateStreamRoute } from './routes/generate-stream.ts';
import { keyRoutes } from './routes/keys.ts';
import { sampleRoutes } from './routes/samples.ts';

export interface DatagenOptions {
  readonly store: Store;
  readonly pepper: string;
  /** Where answers that take long are watched. */
  readonly open: OpenRequests;
  /** Asked about columns whose names leave in doubt what they hold; undefined: none is asked. */
  readonly model?: AskModel | undefined;
}

/** How often what has expired is forgotten. */
const SWEEP_MS = 3_600_000;

/** The DataGen door, `/api/v1`: names in, rows out. Its errors have shapes of their own. */
export function datagenRoutes(app: FastifyInstance, { store, pepper, model, open }: DatagenOptions): void {
  const context: DatagenContext = {
    store,
    pepper,
    callers: new Callers(store, pepper),
    service: new DatagenService(store, model),
    rows: new RowsMaker(),
    memory: new AnswerMemory(),
    open,
    exports: new ExportLog(store),
  };
  const sweeping = setInterval(() => {
    context.service.sweep().catch((error: unknown) => app.log.warn({ err: error }, 'what has expired was not swept'));
  }, SWEEP_MS).unref();
  app.addHook('onClose', async () => clearInterval(sweeping));
  app.register(
    async (scope) => {
      handleDatagenErrors(scope);
      describeOperations(scope, DOCUMENT);
      discoveryRoutes(scope, context);
      contractRoutes(scope, context);
      generateRoutes(scope, context);
      generateStreamRoute(scope, context);
      keyRoutes(scope, context);
      sampleRoutes(scope);
    },
    { prefix: '/api/v1' },
  );
}
