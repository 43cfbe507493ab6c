import { useMutation } from '@tanstack/react-query';
import { type ChangeEvent, useState } from 'react';
import { askJson } from '../../api/client.ts';
import type { Imported } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { formatBytes } from '../../ui/format.ts';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { useCreateTemplates } from './create-template.ts';
import { readSourceFile, type SourceFile } from './source-file.ts';

/** Characters of a file that are shown in the box. */
const MAX_SHOWN = 100_000;

const bodyOf = ({ source, kind }: SourceFile) => ({ source, ...(kind === undefined ? {} : { kind }) });

/** A schema or a sample of rows becomes templates, on the server. */
export function FromSource() {
  const create = useCreateTemplates();
  const [source, setSource] = useState('');
  const [file, setFile] = useState<SourceFile>();
  const [unread, setUnread] = useState<Error>();
  const read = useMutation({
    mutationFn: (body: { source: string; kind?: string }) => askJson<Imported>('POST', '/templates/import', { body }),
  });
  const open = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const chosen = event.target.files?.[0];
    if (chosen === undefined) return;
    read.reset();
    setUnread(undefined);
    setFile(undefined);
    try {
      const opened = await readSourceFile(chosen);
      // A box of megabytes holds up every key press.
      if (opened.kind === undefined && opened.source.length <= MAX_SHOWN) setSource(opened.source);
      else setFile(opened);
    } catch (error) {
      setUnread(error as Error);
    }
    // So that the same file can be chosen again.
    event.target.value = '';
  };
  const templates = read.data?.templates ?? [];
  return (
    <div className="grid flex-1 gap-4 p-4 md:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-3">
        <Labelled
          label="Schema or sample"
          help="CSV, JSON, CREATE TABLE, JSON Schema, OpenAPI, Avro, Prisma, dbt or EDMX: what it is is found out."
        >
          {(control) => (
            <textarea
              {...control}
              value={source}
              spellCheck={false}
              onChange={(event) => {
                setFile(undefined);
                setSource(event.target.value);
              }}
              placeholder={'CREATE TABLE customer (\n  id int PRIMARY KEY,\n  email varchar(80) NOT NULL\n);'}
              className="control h-44 resize-y py-2 font-mono leading-relaxed"
            />
          )}
        </Labelled>
        <div className="flex flex-wrap items-center gap-2">
          <Button
            look="primary"
            disabled={file === undefined && source.trim() === ''}
            busy={read.isPending}
            onClick={() => read.mutate(file === undefined ? { source } : bodyOf(file))}
          >
            Read it
          </Button>
          <label className="inline-flex h-8 cursor-pointer items-center rounded-md border border-edge px-2.5 focus-within:outline-2 focus-within:outline-accent hover:bg-sunken">
            Open a file
            <input type="file" className="sr-only" onChange={(event) => void open(event)} />
          </label>
          {file !== undefined && (
            <p className="min-w-0 text-quiet wrap-anywhere">
              {file.name}, {formatBytes(file.size)}: not shown, but read
            </p>
          )}
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <p className="text-xs font-medium text-quiet">What is in it</p>
        <ProblemNote error={unread ?? read.error ?? create.error} />
        {templates.length === 0 && !read.isError && unread === undefined && (
          <p className="text-faint">Paste something and have it read.</p>
        )}
        {templates.length > 0 && (
          <>
            <ul className="max-h-56 overflow-y-auto rounded-md border border-line">
              {templates.map(({ name, fields }) => (
                <li key={name} className="border-b border-line px-3 py-1.5 last:border-0">
                  <span className="font-medium">{name}</span> <Badge>{fields.length} fields</Badge>
                  <p className="truncate font-mono text-xs text-faint">
                    {fields.map((field) => field.name).join(', ')}
                  </p>
                </li>
              ))}
            </ul>
            {(read.data?.notices.length ?? 0) > 0 && (
              <ul className="max-h-28 list-disc space-y-1 overflow-y-auto pl-5 text-xs text-warn">
                {read.data?.notices.map(({ code, message, subject }) => (
                  <li key={`${code}${subject}${message}`}>{message}</li>
                ))}
              </ul>
            )}
            <div>
              <Button look="primary" busy={create.isPending} onClick={() => create.mutate(templates)}>
                {templates.length === 1 ? 'Create template' : `Create ${templates.length} templates`}
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  );
}
