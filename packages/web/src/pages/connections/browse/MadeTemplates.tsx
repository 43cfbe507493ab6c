import { Link } from '@tanstack/react-router';
import type { TableName } from '../../../api/connection-types.ts';
import type { Template } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';

export interface Made {
  readonly templates: readonly {
    readonly table: TableName;
    readonly template: Template;
    readonly notices: readonly { readonly subject: string; readonly message: string }[];
  }[];
  readonly leftOut: readonly (TableName & { readonly reason: string })[];
}

/** The templates that were made of tables, and what of the tables is not in them. */
export const MadeTemplates = ({ made: { templates, leftOut }, onClose }: { made: Made; onClose: () => void }) => (
  <div className="flex flex-col gap-3">
    {templates.length > 1 && <p className="text-quiet">Push them in this order, with one seed.</p>}
    <ol className="flex list-decimal flex-col gap-2 pl-6">
      {templates.map(({ template: { id, name }, notices }) => (
        <li key={id}>
          <Link
            to="/templates/$id"
            params={{ id }}
            className="font-medium wrap-anywhere text-accent underline underline-offset-2"
          >
            {name}
          </Link>
          <ul className="mt-0.5 space-y-0.5 text-xs text-quiet">
            {notices.map(({ subject, message }) => (
              <li key={`${subject} ${message}`} className="wrap-anywhere">
                {subject}: {message}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
    {leftOut.map(({ schema, name, reason }) => (
      <p key={`${schema} ${name}`} className="text-xs wrap-anywhere text-quiet">
        {name} is left out: {reason}
      </p>
    ))}
    <div className="flex justify-end">
      <Button onClick={onClose}>Close</Button>
    </div>
  </div>
);
