import { call } from '../call.ts';
import { findId, type Named } from '../find-id.ts';
import { OPERATIONS, type Operations, type Template as StoredTemplate } from '../generated/api.ts';
import {
  type ExportOptions,
  exportRows,
  type GenerateOptions,
  generateRows,
  type RowStream,
  type Rows,
  streamRows,
} from '../generation.ts';
import type { Transport } from '../http/transport.ts';
import { once } from '../once.ts';
import type { Page } from '../pages.ts';
import type { Row } from '../row.ts';

/** A template that is stored on the server, by its id or its name, perhaps at a version: `Customer@v3`. */
export class Template {
  readonly #transport: Transport;
  /** Its id. @throws DataMakerError `not_found`, `ambiguous_name` */
  readonly id: () => Promise<string>;

  constructor(transport: Transport, ref: string) {
    this.#transport = transport;
    this.id = once(() =>
      findId(
        ref,
        'template',
        (name, cursor) => this.#call('listTemplates', { query: { name, cursor } }) as Promise<Page<Named>>,
      ),
    );
  }

  /** As it is stored: `name`, `fields`, `version` and more. */
  async read(): Promise<StoredTemplate> {
    return (await this.#call('readTemplate', { path: { ref: await this.id() } })) as StoredTemplate;
  }

  /** The first three rows, which cost nothing. */
  async preview(
    options: { readonly seed?: string | number; readonly overrides?: object } = {},
  ): Promise<readonly Row[]> {
    return (await this.#call('preview', { path: { ref: await this.id() }, body: options })) as readonly Row[];
  }

  /** All rows, in memory. */
  generate(options: GenerateOptions): Promise<Rows> {
    return generateRows(this.#transport, this.id, options);
  }

  /** Rows one at a time, in constant memory. */
  stream(options: GenerateOptions): RowStream {
    return streamRows(this.#transport, this.id, options);
  }

  /** Rows in a format: the response, whose body is the file. */
  export(options: ExportOptions): Promise<Response> {
    return exportRows(this.#transport, this.id, options);
  }

  #call(name: keyof Operations, input: object): Promise<unknown> {
    return call(this.#transport, OPERATIONS[name], input);
  }
}
