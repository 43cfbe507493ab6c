import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/codeEditor/register.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/folding/register.js';
import 'monaco-editor/features/format/register.js';
import 'monaco-editor/features/gotoError/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/multicursor/register.js';
import 'monaco-editor/features/parameterHints/register.js';
// The register.js of this feature leaves out what shows the list.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/toggleTabFocusMode/register.js';
import 'monaco-editor/features/wordHighlighter/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import 'monaco-editor/languages/definitions/python/register.js';
import * as monaco from 'monaco-editor/editor/editor.api.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

const COMMON = { base: 'vs', inherit: true } as const;

/** The colours of the app (style.css) for a page in the light and for one in the dark; Monaco takes numbers only. */
monaco.editor.defineTheme('light', {
  ...COMMON,
  colors: {
    'editor.background': '#ffffff',
    'editor.foreground': '#191c1a',
    'editorLineNumber.foreground': '#666c68',
    'editorLineNumber.activeForeground': '#191c1a',
  },
  rules: [
    { token: 'comment', foreground: '566b58' },
    { token: 'keyword', foreground: '0f5f8f' },
    { token: 'string', foreground: '9a3412' },
    { token: 'number', foreground: '17714a' },
  ],
});
monaco.editor.defineTheme('dark', {
  ...COMMON,
  base: 'vs-dark',
  colors: {
    'editor.background': '#181b19',
    'editor.foreground': '#e8ebe8',
    'editorLineNumber.foreground': '#8f9691',
    'editorLineNumber.activeForeground': '#e8ebe8',
  },
  rules: [
    { token: 'comment', foreground: '93a795' },
    { token: 'keyword', foreground: '7cc4f5' },
    { token: 'string', foreground: 'f0a988' },
    { token: 'number', foreground: '5fd39f' },
  ],
});

/** Monaco with what the editor of scenarios needs of it. */
export { monaco };
