import { notify } from '../../../ui/notices.tsx';
import { formatPython } from './format-python.ts';
import type { LspCompletion, LspDiagnostic, LspEdit, LspMarkup, LspPosition, LspRange } from './lsp-types.ts';
import { monaco } from './monaco.ts';
import type { PythonServer } from './python-server.ts';

type Completion = monaco.languages.CompletionItem & { readonly from: LspCompletion };

const positionOf = ({ lineNumber, column }: monaco.IPosition): LspPosition => ({
  line: lineNumber - 1,
  character: column - 1,
});
const rangeOf = ({ start, end }: LspRange): monaco.IRange => ({
  startLineNumber: start.line + 1,
  startColumn: start.character + 1,
  endLineNumber: end.line + 1,
  endColumn: end.character + 1,
});
const editOf = ({ range, newText }: LspEdit) => ({ range: rangeOf(range), text: newText });
const textOf = (said: LspMarkup | string | undefined): string | undefined =>
  typeof said === 'object' ? said.value : said;
/** Markdown of the server: its own words and those of the sources, without markup of pages in it. */
const markdown = (value: string): monaco.IMarkdownString => ({ value, supportHtml: false, isTrusted: false });

/** Kinds of the protocol, which count from 1, by the names that Monaco has for them. */
const KINDS = (
  'Text Method Function Constructor Field Variable Class Interface Module Property Unit Value Enum Keyword Snippet Color File ' +
  'Reference Folder EnumMember Constant Struct Event Operator TypeParameter'
).split(' ') as (keyof typeof monaco.languages.CompletionItemKind)[];

const kindOf = (kind: number | undefined): monaco.languages.CompletionItemKind =>
  monaco.languages.CompletionItemKind[KINDS[(kind ?? 1) - 1] ?? 'Text'];

/** Has Monaco ask a language server about the code of a model. @returns what ends that */
export function connectPython(server: PythonServer, model: monaco.editor.ITextModel): monaco.IDisposable {
  const { languages } = monaco;
  /** An answer for code that has gone on since is no use. */
  const unlessEnded = <T>(answer: Promise<T>): Promise<T | undefined> => answer.catch(() => undefined);
  const parts = [
    languages.registerCompletionItemProvider('python', {
      triggerCharacters: ['.', '[', '"', "'"],
      provideCompletionItems: async (at, position, { triggerCharacter }) => {
        if (at !== model) return undefined;
        // Before anything is waited for: the editor may be closed then, and its model with it.
        const word = model.getWordUntilPosition(position);
        const found = await unlessEnded(server.completions(positionOf(position), triggerCharacter));
        const typed = {
          startLineNumber: position.lineNumber,
          endLineNumber: position.lineNumber,
          startColumn: word.startColumn,
          endColumn: position.column,
        };
        return { suggestions: (found ?? []).map((one) => completionOf(one, typed)) };
      },
      resolveCompletionItem: async (item) => {
        const resolved = await unlessEnded(server.resolve((item as Completion).from));
        return resolved === undefined ? item : { ...item, ...documentationOf(resolved) };
      },
    }),
    languages.registerHoverProvider('python', {
      provideHover: async (at, position) => {
        const text = at === model ? await unlessEnded(server.hover(positionOf(position))) : undefined;
        return text === undefined ? undefined : { contents: [markdown(text)] };
      },
    }),
    languages.registerSignatureHelpProvider('python', {
      signatureHelpTriggerCharacters: ['(', ','],
      provideSignatureHelp: async (at, position) => {
        const found = at === model ? await unlessEnded(server.signatures(positionOf(position))) : undefined;
        if (found == null || found.signatures.length === 0) return undefined;
        const signatures = found.signatures.map(({ label, documentation, parameters = [], activeParameter }) => ({
          label,
          ...documented(documentation),
          parameters: parameters.map((one) => ({ label: one.label, ...documented(one.documentation) })),
          ...(activeParameter === undefined ? {} : { activeParameter }),
        }));
        const { activeSignature = 0, activeParameter = 0 } = found;
        return { value: { signatures, activeSignature, activeParameter }, dispose: () => undefined };
      },
    }),
    languages.registerDocumentFormattingEditProvider('python', {
      provideDocumentFormattingEdits: async (at) => {
        try {
          return [{ range: at.getFullModelRange(), text: await formatPython(at.getValue()) }];
        } catch (error) {
          notify(`It cannot be formatted: ${(error as Error).message}`);
          return [];
        }
      },
    }),
  ];
  return { dispose: () => parts.forEach((part) => void part.dispose()) };
}

function completionOf(one: LspCompletion, typed: monaco.IRange): Completion {
  return {
    label: one.label,
    kind: kindOf(one.kind),
    insertText: one.textEdit?.newText ?? one.insertText ?? one.label,
    range: one.textEdit === undefined ? typed : rangeOf(one.textEdit.range),
    ...(one.sortText === undefined ? {} : { sortText: one.sortText }),
    ...(one.additionalTextEdits === undefined ? {} : { additionalTextEdits: one.additionalTextEdits.map(editOf) }),
    ...documentationOf(one),
    from: one,
  };
}

const documentationOf = ({ detail, documentation }: LspCompletion) => ({
  ...(detail === undefined ? {} : { detail }),
  ...documented(documentation),
});

function documented(said: LspMarkup | string | undefined): { documentation?: monaco.IMarkdownString } {
  const text = textOf(said);
  return text === undefined ? {} : { documentation: markdown(text) };
}

const SEVERITIES = ['Error', 'Warning', 'Info', 'Hint'] as const;

/** What a language server complains of, as marks under the code. */
export const markersOf = (diagnostics: readonly LspDiagnostic[]): monaco.editor.IMarkerData[] =>
  diagnostics.map(({ range, message, severity, code, tags = [] }) => ({
    ...rangeOf(range),
    message,
    severity: monaco.MarkerSeverity[SEVERITIES[severity - 1] ?? 'Info'],
    ...(code === undefined ? {} : { code }),
    tags: [...tags],
  }));
