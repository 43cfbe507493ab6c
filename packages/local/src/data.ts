import { RowMaker } from '@datamaker/engine';
import type { Row } from 'datamaker';
import { compilePlan } from './compile.ts';
import { invalid } from './invalid.ts';
import { MOST_ROWS } from './stream.ts';
import type { TemplateInput } from './template-input.ts';

/** How far the rows of one template are given. */
interface Source {
  readonly maker: RowMaker;
  /** Rows that its unique fields allow. */
  readonly capacity: number;
  next: number;
}

/**
 * The data of one test. Rows of a template go on where those before ended, so that no two are the same row and what is unique stays so;
 * a test that is run again gets the same ones, whichever tests run beside it.
 */
export class Data {
  #seed: string;
  #sources = new Map<string, Promise<Source>>();

  /** @param seed what the rows follow from, such as the name of the test */
  constructor(seed: string) {
    this.#seed = seed;
  }

  /** What the rows follow from. */
  get seed(): string {
    return this.#seed;
  }

  /** The next row of a template. @throws DataMakerError `validation_error` */
  async row(template: TemplateInput): Promise<Row> {
    return (await this.rows(template, 1))[0] as Row;
  }

  /** The next rows of a template. @throws DataMakerError `validation_error` */
  async rows(template: TemplateInput, count: number): Promise<Row[]> {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw invalid([
        { code: 'invalid_count', pointer: '/count', message: 'count has to be a whole number from 0 on' },
      ]);
    }
    const source = await this.#sourceOf(template);
    const from = source.next;
    if (from + count > source.capacity) {
      const message = `unique fields allow ${source.capacity} rows, and ${from} are given already`;
      throw invalid([{ code: 'unique_exhausted', pointer: '/fields', message }]);
    }
    source.next += count;
    return [...source.maker.batches(from, from + count, MOST_ROWS)].flat();
  }

  /** Begins anew with another seed. */
  restart(seed: string): void {
    this.#seed = seed;
    this.#sources = new Map();
  }

  /** Templates that say the same are the same one. */
  #sourceOf(template: TemplateInput): Promise<Source> {
    const key = JSON.stringify(template);
    const known = this.#sources.get(key);
    if (known !== undefined) return known;
    const made = compilePlan(template, { seed: this.#seed }).then((plan) => ({
      maker: new RowMaker(plan),
      capacity: plan.capacity,
      next: 0,
    }));
    this.#sources.set(key, made);
    return made;
  }
}
