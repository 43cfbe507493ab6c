interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What the language server sends to have a second worker for its analyses. */
interface NewWorker {
  readonly type: 'browser/newWorker';
  readonly initialData: unknown;
  readonly port: MessagePort;
}

/** JSON-RPC with a language server in a worker, and the worker that it analyses in. */
export class RpcWorker {
  readonly #url: string;
  readonly #workers: Worker[] = [];
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  readonly #onNotification: (method: string, params: unknown) => void;
  #calls = 0;

  /** @param url of the worker's script @param onNotification gets what the server tells by itself */
  constructor(url: string, onNotification: (method: string, params: unknown) => void) {
    this.#url = url;
    this.#onNotification = onNotification;
    const worker = this.#start();
    worker.addEventListener('message', ({ data }: MessageEvent<Message | NewWorker>) =>
      'type' in data ? this.#startAnother(data) : this.#take(data),
    );
    worker.postMessage({ type: 'browser/boot', mode: 'foreground' });
  }

  #start(): Worker {
    const worker = new Worker(this.#url);
    worker.addEventListener('error', () => this.close());
    this.#workers.push(worker);
    return worker;
  }

  #startAnother({ initialData, port }: NewWorker): void {
    this.#start().postMessage({ type: 'browser/boot', mode: 'background', initialData, port }, [port]);
  }

  #take({ id, method, params, result, error }: Message): void {
    if (method !== undefined) {
      // What it asks is refused nothing and told nothing: its settings are in a file.
      if (id === undefined) this.#onNotification(method, params);
      else this.#workers[0]?.postMessage({ jsonrpc: '2.0', id, result: null });
      return;
    }
    const call = this.#waiting.get(id ?? -1);
    this.#waiting.delete(id ?? -1);
    if (error === undefined) call?.resolve(result as never);
    else call?.reject(new Error(error.message));
  }

  /** @throws Error what the server answers in place of a result, or that it is closed */
  ask<T>(method: string, params: unknown): Promise<T> {
    const id = ++this.#calls;
    return new Promise<T>((resolve, reject) => {
      if (this.#workers.length === 0) return reject(new Error('the language server has ended'));
      this.#waiting.set(id, { resolve, reject });
      this.#workers[0]?.postMessage({ jsonrpc: '2.0', id, method, params });
    });
  }

  tell(method: string, params: unknown): void {
    this.#workers[0]?.postMessage({ jsonrpc: '2.0', method, params });
  }

  /** Ends it; what waits for an answer is told so. */
  close(): void {
    for (const worker of this.#workers.splice(0)) worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Error('the language server has ended'));
    this.#waiting.clear();
  }
}
