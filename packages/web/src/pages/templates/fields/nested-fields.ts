import { type ComponentType, createContext } from 'react';
import type { Diagnostic } from '../../../api/problem.ts';
import type { Field } from '../../../api/types.ts';
import type { Catalogue } from '../../../engine/protocol.ts';

/** What a list of fields is given. */
export interface FieldListProps {
  readonly fields: readonly Field[];
  readonly onChange: (fields: readonly Field[]) => void;
  /** Of the list in the template. */
  readonly pointer: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly catalogue: Catalogue;
}

/** What shows the fields within a field: the list that the field is in gives itself, as it stands on all that is shown of a field. */
export const NestedFields = createContext<ComponentType<FieldListProps>>(() => null);
