import { Link } from '@tanstack/react-router';
import { type MadeThing, madeThings } from './made-things.ts';

const LOOK = 'text-accent underline underline-offset-2';

/** Leads from a result to the pages of what it names. */
export function MadeLinks({ result }: { result: unknown }) {
  const things = madeThings(result);
  if (things.length === 0) return null;
  return (
    <ul aria-label="Pages" className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {things.map((thing) => (
        <li key={thing.id} className="leading-6 wrap-anywhere">
          <To {...thing} />
        </li>
      ))}
    </ul>
  );
}

function To({ id, kind }: MadeThing) {
  const text = `${kind} ${id}`;
  if (kind === 'Template')
    return (
      <Link to="/templates/$id" params={{ id }} className={LOOK}>
        {text}
      </Link>
    );
  if (kind === 'Scenario')
    return (
      <Link to="/scenarios/$id" params={{ id }} className={LOOK}>
        {text}
      </Link>
    );
  if (kind === 'Set')
    return (
      <Link to="/sets" className={LOOK}>
        {text}
      </Link>
    );
  return (
    <Link to={kind === 'Run' ? '/runs/$id' : '/connections/$id'} params={{ id }} className={LOOK}>
      {text}
    </Link>
  );
}
