import { BSON, type Document, ObjectId } from 'mongodb';
import { ConnectionError } from '../connection-error.ts';
import type { Row, Rows, Value } from '../value.ts';
import { fieldName } from './filter.ts';
import type { Shape } from './shape.ts';
import { toBson } from './to-bson.ts';

/** Documents that are sent together. */
export interface DocumentBatch {
  readonly rows: readonly Row[];
  readonly documents: readonly Document[];
}

export interface DocumentLimits {
  readonly maxRows: number;
  /** Of one document, as the server says. */
  readonly maxBytes: number;
}

/** Below the 48,000,000 bytes that a message may have, commands around it included. */
const BATCH_BYTES = 32 * 1024 * 1024;

/**
 * Makes documents of rows, and cuts them into batches, in order.
 * @throws ConnectionError value, when a row is none that can be kept; `written` is not known here
 */
export async function* documentBatches(
  source: AsyncIterable<Rows> | Iterable<Rows>,
  shape: Shape,
  { maxRows, maxBytes }: DocumentLimits,
): AsyncGenerator<DocumentBatch> {
  let batch: { rows: Row[]; documents: Document[] } = { rows: [], documents: [] };
  let [bytes, row] = [0, 0];
  for await (const some of source) {
    for (const one of some) {
      const document = documentOf(one, shape, row);
      const size = sizeOf(document, row);
      if (size > maxBytes) throw new ConnectionError('value', `row ${row} is larger than a document may be`);
      if (batch.rows.length > 0 && (batch.rows.length >= maxRows || bytes + size > BATCH_BYTES)) {
        yield batch;
        batch = { rows: [], documents: [] };
        bytes = 0;
      }
      batch.rows.push(one);
      batch.documents.push(document);
      bytes += size;
      row++;
    }
  }
  if (batch.rows.length > 0) yield batch;
}

/** With an `_id`, which comes first: the driver would make one as well, and would not tell which. */
function documentOf(row: Row, shape: Shape, index: number): Document {
  const entries: [string, unknown][] = [];
  let id: unknown;
  for (const [name, value] of Object.entries(row) as [string, Value | undefined][]) {
    if (value === undefined) continue;
    try {
      const made = toBson(value, shape.fields.get(fieldName(name)));
      if (name === '_id') id = made;
      else entries.push([name, made]);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      throw new ConnectionError(
        error.problem,
        `row ${index}, ${JSON.stringify(name.slice(0, 100))}: ${error.message}`,
        {
          ...(error.hint === undefined ? {} : { hint: error.hint }),
        },
      );
    }
  }
  if (Array.isArray(id)) throw new ConnectionError('value', `row ${index}: an _id is no list`);
  return Object.fromEntries([['_id', id ?? new ObjectId()], ...entries]);
}

function sizeOf(document: Document, row: number): number {
  try {
    return BSON.calculateObjectSize(document);
  } catch {
    throw new ConnectionError('value', `row ${row} cannot be written in the way of MongoDB`);
  }
}
