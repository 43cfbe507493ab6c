import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Template } from '../../../api/types.ts';
import { CodeBlock } from '../../../ui/CodeBlock.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { snippetsOf } from './snippets.ts';

/** How programs get the rows of a template. */
export function CodeDialog({ template, seed, onClose }: { template: Template; seed: string; onClose: () => void }) {
  const [language, setLanguage] = useState('curl');
  const snippets = snippetsOf(template.id, seed, location.origin);
  return (
    <Dialog title="Rows from a program" onClose={onClose} wide>
      <p className="mb-3 text-quiet">
        Everywhere the same rows for the same seed. Programs need an{' '}
        <Link to="/keys" className="text-accent underline underline-offset-2">
          API key
        </Link>{' '}
        in <code className="font-mono text-xs">DM_API_KEY</code>.
      </p>
      <Tabs
        label="Languages"
        value={language}
        onChange={setLanguage}
        tabs={snippets.map(({ name, text }) => ({
          value: name,
          label: name,
          content: () => (
            <div className="pt-3">
              <CodeBlock label={name} text={text} />
            </div>
          ),
        }))}
      />
    </Dialog>
  );
}
