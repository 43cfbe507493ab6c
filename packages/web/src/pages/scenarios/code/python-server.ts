import workerUrl from 'browser-basedpyright/dist/pyright.worker.js?url';
import type { LspCompletion, LspDiagnostic, LspMarkup, LspPosition, LspSignatures } from './lsp-types.ts';
import { RpcWorker } from './rpc-worker.ts';
import { SDK_FOLDER, sdkFiles } from './sdk-files.ts';

const FOLDER = 'file:///src';
const DOCUMENT = `${FOLDER}/scenario.py`;

/** Packages that scenarios ask for are on the server only: that they are not found here says nothing. */
const SETTINGS = {
  typeCheckingMode: 'basic',
  reportMissingImports: false,
  reportMissingModuleSource: false,
  reportAttributeAccessIssue: 'warning',
  reportOptionalMemberAccess: 'warning',
  pythonVersion: '3.12',
  pythonPlatform: 'Linux',
  extraPaths: [SDK_FOLDER],
  typeshedPath: '/typeshed',
};

const CAPABILITIES = {
  textDocument: {
    publishDiagnostics: { tagSupport: { valueSet: [1, 2] } },
    completion: {
      completionItem: {
        documentationFormat: ['markdown'],
        resolveSupport: { properties: ['documentation', 'detail'] },
      },
      contextSupport: true,
    },
    hover: { contentFormat: ['markdown'] },
    signatureHelp: {
      signatureInformation: {
        documentationFormat: ['markdown'],
        parameterInformation: { labelOffsetSupport: true },
        activeParameterSupport: true,
      },
    },
  },
};

/**
 * basedpyright in a worker, with the code of one scenario, the sources of `datamaker` and the stubs of the standard library. It has no
 * network and no files but these.
 */
export class PythonServer {
  readonly #rpc: RpcWorker;
  readonly #ready: Promise<unknown>;
  #code: string;
  #version = 0;

  constructor(code: string, onDiagnostics: (diagnostics: readonly LspDiagnostic[]) => void) {
    this.#rpc = new RpcWorker(workerUrl, (method, params) => {
      if (method !== 'textDocument/publishDiagnostics') return;
      onDiagnostics((params as { readonly diagnostics: readonly LspDiagnostic[] }).diagnostics);
    });
    this.#code = code;
    const files = { ...sdkFiles, '/src/scenario.py': code, '/src/pyrightconfig.json': JSON.stringify(SETTINGS) };
    this.#ready = this.#rpc
      .ask('initialize', {
        processId: null,
        rootUri: FOLDER,
        workspaceFolders: [{ uri: FOLDER, name: 'src' }],
        initializationOptions: { files },
        capabilities: CAPABILITIES,
      })
      .then(() => {
        this.#version = 1;
        this.#rpc.tell('initialized', {});
        this.#rpc.tell('textDocument/didOpen', {
          textDocument: { uri: DOCUMENT, languageId: 'python', version: this.#version, text: this.#code },
        });
      });
    // Without it the editor is one without completions; whoever asks for some is told.
    this.#ready.catch(() => undefined);
  }

  /** Tells it the code as it is now. */
  change(code: string): void {
    this.#code = code;
    if (this.#version === 0) return;
    this.#rpc.tell('textDocument/didChange', {
      textDocument: { uri: DOCUMENT, version: ++this.#version },
      contentChanges: [{ text: code }],
    });
  }

  async #askAt<T>(method: string, position: LspPosition, more: object = {}): Promise<T> {
    await this.#ready;
    return this.#rpc.ask(method, { textDocument: { uri: DOCUMENT }, position, ...more });
  }

  /** @param trigger the character that was typed; undefined: asked for by key */
  async completions(position: LspPosition, trigger: string | undefined): Promise<readonly LspCompletion[]> {
    const context = trigger === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: trigger };
    const found = await this.#askAt<{ readonly items: readonly LspCompletion[] } | null>(
      'textDocument/completion',
      position,
      { context },
    );
    return found?.items ?? [];
  }

  /** The same with its documentation. @param completion as `completions` gave it */
  resolve(completion: LspCompletion): Promise<LspCompletion> {
    return this.#rpc.ask('completionItem/resolve', completion);
  }

  async hover(position: LspPosition): Promise<string | undefined> {
    const found = await this.#askAt<{ readonly contents: LspMarkup } | null>('textDocument/hover', position);
    return found?.contents.value;
  }

  signatures(position: LspPosition): Promise<LspSignatures | null> {
    return this.#askAt('textDocument/signatureHelp', position, { context: { triggerKind: 1, isRetrigger: false } });
  }

  close(): void {
    this.#rpc.close();
  }
}
