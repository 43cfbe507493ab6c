import { getRouteApi, useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '../../api/problem.ts';
import type { Template } from '../../api/types.ts';
import type { Catalogue, Rows } from '../../engine/protocol.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { notify } from '../../ui/notices.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { CodeDialog } from './dialogs/CodeDialog.tsx';
import { ConflictDialog } from './dialogs/ConflictDialog.tsx';
import { GenerateDialog } from './dialogs/GenerateDialog.tsx';
import { VersionsDialog } from './dialogs/VersionsDialog.tsx';
import { DiagnosticNotes } from './fields/DiagnosticNotes.tsx';
import { FieldList } from './fields/FieldList.tsx';
import { LocaleField } from './LocaleField.tsx';
import { Preview, usePreview } from './preview/Preview.tsx';
import { SEED } from './preview/rows-query.ts';
import { needsServer, useServerPreview } from './preview/use-server-preview.ts';
import { useSource } from './preview/use-source.ts';
import { TemplateMenu } from './TemplateMenu.tsx';
import { useDraft } from './use-draft.ts';

const route = getRouteApi('/shell/templates/$id');
type Shown = 'generate' | 'versions' | 'code';

/** The fields of a template beside the rows that they make. */
export function TemplateEditor({ template, catalogue }: { template: Template; catalogue: Catalogue }) {
  const { base, draft, setDraft, isChanged, take, save, merge } = useDraft(template);
  const { seed = SEED, from = 0 } = route.useSearch();
  const [shown, setShown] = useState<Shown>();
  const source = useSource(draft, seed);
  const preview = usePreview(source, from);
  const ofEngine = preview.data;
  const isForServer = ofEngine !== undefined && !ofEngine.ok && needsServer(ofEngine.diagnostics);
  const ofServer = useServerPreview(base, seed, isForServer && !isChanged);
  const rows = ofServer ?? ofEngine;
  const good = useRef<Extract<Rows, { ok: true }>>(undefined);
  // While something is wrong the last rows stay in sight.
  if (rows?.ok) good.current = rows;
  const diagnostics = rows === undefined || rows.ok ? [] : rows.diagnostics;
  const general = diagnostics.filter(({ pointer }) => !/^\/fields\/\d/.test(pointer));
  const isConflict = save.error instanceof Problem && save.error.code === 'version_conflict';

  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isChanged &&
      current.pathname !== next.pathname &&
      !confirm('Leave without saving? What you changed would be lost.'),
    enableBeforeUnload: isChanged,
  });
  const setLocale = useCallback(
    (locale: string | undefined) =>
      setDraft(({ locale: _, ...rest }) => (locale === undefined ? rest : { ...rest, locale })),
    [setDraft],
  );
  const canSave = isChanged && !save.isPending;
  const saveNow = useRef(() => {});
  saveNow.current = () => {
    if (canSave) save.mutate({}, { onSuccess: ({ version }) => notify(`Saved as version ${version}`) });
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      saveNow.current();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  return (
    <div className="flex min-h-full flex-col lg:h-full">
      <header className="flex flex-wrap items-center gap-2 border-b border-line bg-panel px-4 py-2">
        <h1 className="sr-only">Template {draft.name}</h1>
        <input
          aria-label="Name of the template"
          value={draft.name}
          maxLength={200}
          autoComplete="off"
          onChange={({ target }) => setDraft({ ...draft, name: target.value })}
          className="h-8 min-w-40 flex-1 rounded-md border border-transparent bg-transparent px-1.5 text-base font-semibold tracking-tight hover:border-line focus:border-edge"
        />
        {isChanged ? <Badge tone="warn">Not saved</Badge> : <Badge>Version {base.version}</Badge>}
        <Button look="ghost" icon="history" onClick={() => setShown('versions')}>
          Versions
        </Button>
        <Button look="ghost" icon="code" onClick={() => setShown('code')}>
          Code
        </Button>
        <Button
          look={isChanged ? 'primary' : 'plain'}
          disabled={!canSave}
          busy={save.isPending}
          onClick={() => saveNow.current()}
        >
          Save
        </Button>
        <Button
          look={isChanged ? 'plain' : 'primary'}
          icon="download"
          disabled={isChanged}
          title={isChanged ? 'Save first: the server makes the rows of what is saved' : undefined}
          onClick={() => setShown('generate')}
        >
          Generate
        </Button>
        <TemplateMenu template={base} isChanged={isChanged} />
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 p-3 lg:flex-row">
        <section
          aria-label="Fields of the template"
          className="flex min-w-0 flex-col gap-2.5 lg:w-[27rem] lg:shrink-0 lg:overflow-y-auto"
        >
          {!isConflict && <ProblemNote error={save.error} />}
          <DiagnosticNotes diagnostics={general} />
          {isForServer && (
            <p className="text-xs text-quiet">
              {ofServer === undefined
                ? 'The server makes some of these values: save to see the first three rows.'
                : 'The server makes some of these values: these are the first three rows of what is saved.'}
            </p>
          )}
          <LocaleField locale={draft.locale} locales={catalogue.locales} onLocale={setLocale} />
          <FieldList
            fields={draft.fields}
            onChange={(fields) => setDraft({ ...draft, fields })}
            pointer="/fields"
            diagnostics={diagnostics}
            catalogue={catalogue}
          />
        </section>
        <Preview source={source} from={from} rows={rows} error={preview.error} shown={good.current} />
      </div>
      {shown === 'generate' && (
        <GenerateDialog template={base} seed={seed} catalogue={catalogue} onClose={() => setShown(undefined)} />
      )}
      {shown === 'code' && <CodeDialog template={base} seed={seed} onClose={() => setShown(undefined)} />}
      {shown === 'versions' && (
        <VersionsDialog template={base} isChanged={isChanged} onRolledBack={take} onClose={() => setShown(undefined)} />
      )}
      {isConflict && (
        <ConflictDialog
          base={base}
          draft={draft}
          onMerge={merge}
          onTake={(theirs) => {
            save.reset();
            take(theirs);
          }}
          onForce={(over) => save.mutate({ over })}
          onClose={() => save.reset()}
        />
      )}
    </div>
  );
}
