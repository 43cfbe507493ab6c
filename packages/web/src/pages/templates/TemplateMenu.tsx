import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import { saveAs } from '../../api/download.ts';
import { queries } from '../../api/query-client.ts';
import type { Template } from '../../api/types.ts';
import { IconButton } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { notify } from '../../ui/notices.tsx';

/**
 * What else can be done with a template.
 * @param isChanged whether something on the page is not saved
 */
export function TemplateMenu({ template, isChanged }: { template: Template; isChanged: boolean }) {
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const say = (error: Error): void => notify(error.message);
  const duplicate = useMutation({
    mutationFn: () => askJson<Template>('POST', `/templates/${template.id}/duplicate`, { body: {} }),
    onSuccess: async ({ id }) => {
      await navigate({ to: '/templates/$id', params: { id } });
    },
    onError: say,
  });
  const copy = (): void => {
    if (isChanged) notify('Save first: the copy is made of what is saved');
    else duplicate.mutate();
  };
  const exportIt = async (): Promise<void> => {
    const bundle = await askJson('GET', `/templates/${template.id}/export`);
    saveAs(new Blob([JSON.stringify(bundle, null, 2)], { type: 'application/json' }), `${template.id}.json`);
  };
  return (
    <>
      <Menu
        trigger={<IconButton label="More for this template" icon="more" />}
        items={[
          { label: 'Duplicate', icon: 'copy', onSelect: copy },
          { label: 'Export as JSON', icon: 'download', onSelect: () => void exportIt().catch(say) },
          { label: 'Delete', icon: 'trash', danger: true, onSelect: () => setDeleting(true) },
        ]}
      />
      {isDeleting && (
        <ConfirmDialog
          title={`Delete ${template.name}?`}
          action="Delete"
          onClose={() => setDeleting(false)}
          onConfirm={async () => {
            await askJson('DELETE', `/templates/${template.id}`);
            notify(`${template.name} is deleted`);
            await navigate({ to: '/templates', ignoreBlocker: true });
            await queries.invalidateQueries();
          }}
        >
          It can be restored for 30 days. Sets that it made stay as they are.
        </ConfirmDialog>
      )}
    </>
  );
}
