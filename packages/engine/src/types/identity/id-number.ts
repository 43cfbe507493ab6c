import type { Identifier } from '../checks/identifier.ts';
import type { BuildContext } from '../field-type.ts';
import type { TypeRules } from '../type-rules.ts';

/** How the number of a country is made; national ids have one file for each country in ./countries. */
export interface IdNumber {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** What it is called there, with the short name: "Documento Nacional de Identidad (DNI)". */
  readonly name: string;
  /** Authority or rule the structure is from. */
  readonly source: string;
  readonly example: string;
  /** What the values leave out or simplify. */
  readonly note?: string;
  /** The range that is never issued or kept for tests, which the option `reserved` asks for, where there is one. */
  readonly reserved?: string;
  /** What right numbers look like, so that wrong ones can be made on purpose. */
  readonly rules?: TypeRules;
  /** @param reserved whether values of the reserved range are asked for; only where there is one */
  build(id: Identifier, context: BuildContext, reserved: boolean): void;
}
