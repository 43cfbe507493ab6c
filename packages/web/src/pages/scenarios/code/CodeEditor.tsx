import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useIsDark } from '../../../shell/use-is-dark.ts';
import { monaco } from './monaco.ts';
import { connectPython, markersOf } from './python-language.ts';
import { PythonServer } from './python-server.ts';

export interface CodeEditorHandle {
  readonly format: () => void;
}

const OWNER = 'basedpyright';

/** Python in Monaco, with a language server that knows `datamaker`. */
export function CodeEditor({
  initial,
  describedBy,
  onValue,
  ref,
}: {
  /** What is in it first; it keeps by itself what is typed. */
  initial: string;
  /** The element that tells of its keys. */
  describedBy: string;
  onValue: (value: string) => void;
  ref?: Ref<CodeEditorHandle>;
}) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined);
  const changed = useRef(onValue);
  changed.current = onValue;
  const first = useRef(initial);
  const keys = useRef(describedBy);
  const theme = useIsDark() ? 'dark' : 'light';
  useEffect(() => {
    if (box.current === null) return;
    const model = monaco.editor.createModel(first.current, 'python');
    const made = monaco.editor.create(box.current, {
      model,
      ariaLabel: 'Code',
      automaticLayout: true,
      fixedOverflowWidgets: true,
      fontFamily: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
      fontSize: 13,
      lineNumbersMinChars: 4,
      minimap: { enabled: false },
      padding: { top: 8, bottom: 8 },
      rulers: [],
      scrollBeyondLastLine: false,
      suggest: { showStatusBar: false },
      // A style element of its own within a shadow would be refused by the policy of the page.
      useShadowDOM: false,
    });
    // Monaco has no option for it.
    box.current.querySelector('[role=textbox]')?.setAttribute('aria-describedby', keys.current);
    const server = new PythonServer(first.current, (found) =>
      monaco.editor.setModelMarkers(model, OWNER, markersOf(found)),
    );
    const connection = connectPython(server, model);
    const listener = model.onDidChangeContent(() => {
      const code = model.getValue();
      server.change(code);
      changed.current(code);
    });
    editor.current = made;
    return () => {
      listener.dispose();
      connection.dispose();
      server.close();
      made.dispose();
      model.dispose();
    };
  }, []);
  useEffect(() => monaco.editor.setTheme(theme), [theme]);
  useImperativeHandle(ref, () => ({
    format: () => void editor.current?.getAction('editor.action.formatDocument')?.run(),
  }));
  return <div ref={box} className="h-full min-h-0" />;
}
