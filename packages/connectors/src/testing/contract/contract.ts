import { describe } from 'vitest';
import { copying } from './copying.ts';
import { describing } from './describing.ts';
import { faults } from './faults.ts';
import { lacking } from './lacking.ts';
import { names } from './names.ts';
import { signingIn } from './signing-in.ts';
import type { ContractSubject } from './subject.ts';
import { values } from './values.ts';
import { workbenchOf } from './workbench.ts';
import { writing } from './writing.ts';

/** What every connector to a system with tables keeps to, tried against the real system. */
export function connectorContract(subject: ContractSubject): void {
  describe(`the contract of connectors, by ${subject.connector.label}`, () => {
    const bench = workbenchOf(subject);
    signingIn(bench);
    describing(bench);
    values(bench);
    names(bench);
    writing(bench);
    copying(bench);
    faults(bench);
    lacking(bench);
  });
}
