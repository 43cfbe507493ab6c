import type { AnswerMemory } from '../../services/datagen/answer-memory.ts';
import type { Callers } from '../../services/datagen/callers.ts';
import type { DatagenService } from '../../services/datagen/datagen-service.ts';
import type { ExportLog } from '../../services/datagen/export-log.ts';
import type { RowsMaker } from '../../services/datagen/rows-maker.ts';
import type { Store } from '../../store/open-store.ts';
import type { OpenRequests } from '../open-requests.ts';

/** What the routes of this door work with. */
export interface DatagenContext {
  readonly store: Store;
  readonly pepper: string;
  readonly callers: Callers;
  readonly service: DatagenService;
  readonly rows: RowsMaker;
  readonly memory: AnswerMemory;
  readonly open: OpenRequests;
  readonly exports: ExportLog;
}
