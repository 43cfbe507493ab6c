import { useQuery } from '@tanstack/react-query';
import { templateQuery, useList } from '../../../api/queries.ts';
import type { Template } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Labelled } from '../../../ui/Labelled.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';

/** Which template: those of the project, page after page, and the one that the address names. */
export function TemplateField({ value, onChoose }: { value: string | undefined; onChoose: (id: string) => void }) {
  const list = useList<Template>('/templates');
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isListed = value === undefined || items.some(({ id }) => id === value);
  const named = useQuery({ ...templateQuery(value ?? ''), enabled: !isListed && list.data !== undefined });
  const options = named.data === undefined || isListed ? items : [named.data, ...items];
  return (
    <div className="flex flex-col gap-1">
      <Labelled
        label="Template"
        help={
          list.data !== undefined && items.length === 0
            ? 'There is none yet: “Tables” makes one of a table.'
            : undefined
        }
      >
        {(control) => (
          <select
            {...control}
            value={value ?? ''}
            onChange={({ target }) => onChoose(target.value)}
            className="control w-full"
          >
            <option value="" disabled>
              Choose …
            </option>
            {options.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {list.hasNextPage && (
        <Button look="ghost" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          List more templates
        </Button>
      )}
      <ProblemNote error={list.error ?? named.error} />
    </div>
  );
}
