import { useMutation } from '@tanstack/react-query';
import type { ChangeEvent } from 'react';
import { askJson } from '../api/client.ts';
import { download } from '../api/download.ts';
import { useList } from '../api/queries.ts';
import type { WorkspaceFile } from '../api/types.ts';
import { IconButton } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { formatAgo, formatBytes } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { notify } from '../ui/notices.tsx';
import { PageFrame } from '../ui/PageFrame.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** Each part of a name is a step of the path. */
const pathOf = (name: string): string => `/workspace/files/${name.split('/').map(encodeURIComponent).join('/')}`;

/** The workspace files of the project. */
export function Files() {
  const list = useList<WorkspaceFile>('/workspace/files');
  const upload = useMutation({
    mutationFn: (file: File) => {
      const body = new FormData();
      // The name comes first: the server has to know it when the bytes arrive.
      body.append('name', file.name);
      body.append('file', file);
      return askJson('POST', '/workspace/files', { body });
    },
    onSuccess: () => list.refetch(),
  });
  const choose = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const file = target.files?.[0];
    if (file !== undefined) upload.mutate(file);
    target.value = '';
  };
  const button = (
    <label className="inline-flex h-8 cursor-pointer items-center rounded-md bg-accent px-2.5 font-medium text-accent-ink focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent hover:brightness-110">
      {upload.isPending ? 'Uploading …' : 'Upload a file'}
      <input type="file" className="sr-only" disabled={upload.isPending} onChange={choose} />
    </label>
  );
  return (
    <PageFrame title="Files" hint="Rows to pick values from, and what scenarios read and write." actions={button}>
      {upload.isError && (
        <div className="mb-3">
          <ProblemNote error={upload.error} />
        </div>
      )}
      <ListTable
        list={list}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Name', cell: ({ name }) => <span className="font-medium">{name}</span> },
          { title: 'Kind', narrow: true, minor: true, cell: ({ kind }) => kind },
          { title: 'Size', narrow: true, right: true, cell: ({ size }) => formatBytes(size) },
          {
            title: 'Uploaded',
            right: true,
            minor: true,
            cell: ({ uploaded_at }) => <span className="text-quiet">{formatAgo(uploaded_at)}</span>,
          },
          {
            title: 'Actions',
            narrow: true,
            right: true,
            cell: ({ name }) => (
              <IconButton
                label={`Save ${name}`}
                icon="download"
                onClick={() =>
                  void download(pathOf(name), name.split('/').at(-1) ?? name).catch((error: Error) =>
                    notify(error.message),
                  )
                }
              />
            ),
          },
        ]}
        empty={
          <EmptyState icon="file" title="No files yet">
            Upload CSV, JSON, YAML, XLSX or text. A field of the type “Sample” picks its values from a file, and
            scenarios open files by their names.
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
