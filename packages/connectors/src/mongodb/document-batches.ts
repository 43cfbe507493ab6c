import { BSON, type Document, ObjectId } from 'mongodb';
import { ConnectionError } from '../connection-error.ts';
import type { Row, Rows, Value } from '../value.ts';
import { fieldName, sameKey } from './filter.ts';
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
  /** Fields that a command has beside each document, to find it by; empty: documents alone. */
  readonly beside: readonly string[];
}

/** A command is a document itself, which may be larger by this much than those of collections (BSONObjMaxInternalSize). */
const COMMAND_BYTES = 16 * 1024;
/** Of a document in a list: its type and its number there. */
const ITEM_BYTES = 8;
/** Of an update in a list, around what is looked for and what is put in. */
const UPDATE_BYTES = 80;

/**
 * Makes documents of rows, and cuts them into batches, in order. What goes in one command is no larger than a document may be: 16 MiB, and
 * less than the 48,000,000 bytes of a message.
 * @throws ConnectionError value, when a row is none that can be kept; `written` is not known here
 */
export async function* documentBatches(
  source: AsyncIterable<Rows> | Iterable<Rows>,
  shape: Shape,
  { maxRows, maxBytes, beside }: DocumentLimits,
): AsyncGenerator<DocumentBatch> {
  let batch: { rows: Row[]; documents: Document[] } = { rows: [], documents: [] };
  let [bytes, row] = [0, 0];
  for await (const some of source) {
    for (const one of some) {
      const document = documentOf(one, shape, row);
      const size = sizeOf(document, row);
      if (size > maxBytes) throw tooLarge(row, size, maxBytes);
      const taken =
        ITEM_BYTES + size + (beside.length === 0 ? 0 : UPDATE_BYTES + sizeOf(sameKey(beside, document), row));
      // With what it is found by a document is there twice, in part.
      if (taken > maxBytes + COMMAND_BYTES / 2) throw tooLarge(row, taken, maxBytes);
      if (batch.rows.length > 0 && (batch.rows.length >= maxRows || bytes + taken > maxBytes)) {
        yield batch;
        batch = { rows: [], documents: [] };
        bytes = 0;
      }
      batch.rows.push(one);
      batch.documents.push(document);
      bytes += taken;
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

const tooLarge = (row: number, size: number, most: number): ConnectionError =>
  new ConnectionError('value', `row ${row} is larger than a document may be: ${size} bytes, and not ${most}`, {
    hint: 'MongoDB keeps what is larger in GridFS, or in several documents',
  });

function sizeOf(document: Document, row: number): number {
  try {
    return BSON.calculateObjectSize(document);
  } catch {
    throw new ConnectionError('value', `row ${row} cannot be written in the way of MongoDB`);
  }
}
