/** What a service says of itself in $metadata, as far as it matters for rows. */
export interface ODataModel {
  readonly version: 'v2' | 'v4';
  readonly entitySets: ReadonlyMap<string, EntitySet>;
  /** What is there and is not described here. */
  readonly notices: readonly { readonly subject: string; readonly message: string }[];
}

export interface EntitySet {
  readonly name: string;
  readonly type: EntityType;
  /** The sets that navigation properties lead to, by names of the properties. */
  readonly targets: ReadonlyMap<string, string>;
  readonly comment: string | null;
}

export interface EntityType {
  readonly name: string;
  readonly keys: readonly string[];
  readonly properties: ReadonlyMap<string, Property>;
  readonly navigations: ReadonlyMap<string, Navigation>;
}

export interface Property {
  readonly name: string;
  /** `Edm.String`, or the name of a complex type. */
  readonly type: string;
  readonly isCollection: boolean;
  readonly nullable: boolean;
  readonly maxLength: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly isPadded: boolean;
  readonly default: string | null;
  /** Names of an enumeration. */
  readonly values: readonly string[] | null;
  /** Properties of a complex type. */
  readonly properties: ReadonlyMap<string, Property> | null;
  readonly generated: 'always' | 'by_default' | null;
  /** Whether a moment of V2 means a day (`sap:display-format="Date"`). */
  readonly isDate: boolean;
  readonly comment: string | null;
}

export interface Navigation {
  readonly name: string;
  readonly target: EntityType;
  readonly many: boolean;
  /** Whether what it leads to is in no set, and goes with the entity (`ContainsTarget`). */
  readonly contains: boolean;
  /** The property that leads back; undefined: nothing says so. */
  readonly partner: string | undefined;
  /** Properties here that are equal to those there. */
  readonly constraints: readonly Constraint[];
  /** Properties there that are equal to those here, where the association says so. */
  readonly dependents: readonly Constraint[];
}

/** A property that is equal to another one, of the entity that it depends on. */
export interface Constraint {
  readonly property: string;
  readonly referenced: string;
}
