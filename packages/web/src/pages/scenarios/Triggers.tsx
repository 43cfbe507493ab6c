import { Link } from '@tanstack/react-router';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { triggersOf } from './triggers.ts';

/** How other programs run a scenario, with the parameters that are typed in. */
export const Triggers = ({ scenarioId, params }: { scenarioId: string; params: unknown }) => (
  <div className="flex flex-col gap-3">
    <p className="text-quiet">
      Programs need an{' '}
      <Link to="/keys" className="text-accent underline underline-offset-2">
        API key
      </Link>{' '}
      in <code className="font-mono text-xs">DM_API_KEY</code>.
    </p>
    {triggersOf(scenarioId, params ?? {}, location.origin).map(({ name, text }) => (
      <div key={name}>
        <h2 className="mb-1 text-xs font-medium text-quiet">{name}</h2>
        <CodeBlock label={name} text={text} />
      </div>
    ))}
  </div>
);
