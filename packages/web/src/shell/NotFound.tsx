import { Link } from '@tanstack/react-router';
import { EmptyState } from '../ui/EmptyState.tsx';

/** What an address shows that no page has. */
export const NotFound = () => (
  <EmptyState icon="search" title="There is no such page" action={<Link to="/templates" className="text-accent underline">Templates</Link>}>
    The address is mistyped, or what it led to was deleted.
  </EmptyState>
);
