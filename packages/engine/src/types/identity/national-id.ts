import type { Identifier } from '../checks/identifier.ts';
import type { BuildContext } from '../field-type.ts';
import type { TypeRules } from '../type-rules.ts';

/** How the national id of a country is made; one file for each country in ./countries. */
export interface NationalId {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** What it is called there, with the short name: "Documento Nacional de Identidad (DNI)". */
  readonly name: string;
  /** Authority or rule the structure is from. */
  readonly source: string;
  readonly example: string;
  /** How it is kept from being a living person's, where ranges are reserved or never issued. */
  readonly safe?: string;
  /** What right numbers look like, so that wrong ones can be made on purpose. */
  readonly rules?: TypeRules;
  build(id: Identifier, context: BuildContext): void;
}
