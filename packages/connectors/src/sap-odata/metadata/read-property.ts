import type { XmlElement } from '@datamaker/engine/import';
import type { Property } from './model.ts';
import { attribute, childrenOf } from './xml.ts';

/** What types are looked up with. */
export interface TypeReader {
  named(name: string): XmlElement | undefined;
  annotationsOf(type: XmlElement, property: XmlElement): readonly XmlElement[];
  notice(subject: string, message: string): void;
}

const MOST_LEVELS = 10;

/**
 * A property with its facets; those of a type definition hold where it says none itself.
 * @param owner the type that it is in
 * @param level of complex types in complex types
 */
export function readProperty(
  element: XmlElement,
  owner: XmlElement,
  subject: string,
  types: TypeReader,
  level: number,
): Property {
  const [, inner] = /^Collection\((.*)\)$/.exec(attribute(element, 'Type')) ?? [];
  const declared = types.named(inner ?? attribute(element, 'Type'));
  const definition = declared?.name === 'TypeDefinition' ? declared : undefined;
  const facet = (name: string): string | undefined => element.attributes.get(name) ?? definition?.attributes.get(name);
  const number = (name: string): number | null => {
    const value = facet(name) ?? '';
    return /^\d{1,9}$/.test(value) ? Number(value) : null;
  };
  const type =
    definition === undefined ? (inner ?? attribute(element, 'Type')) : attribute(definition, 'UnderlyingType');
  const values =
    declared?.name === 'EnumType' ? childrenOf(declared, 'Member').map((one) => attribute(one, 'Name')) : null;
  const terms = types.annotationsOf(owner, element);
  const isComplex = declared?.name === 'ComplexType' && level < MOST_LEVELS;
  if (hasTerm(terms, 'ValueList') || element.attributes.has('sap:value-list')) {
    types.notice(subject, 'it has a value help: which values there are is known to the system only');
  }
  return {
    name: attribute(element, 'Name'),
    type: type.includes('.') || declared !== undefined ? type : `Edm.${type}`,
    isCollection: inner !== undefined,
    nullable: facet('Nullable') !== 'false',
    maxLength: number('MaxLength'),
    precision: number('Precision'),
    // Without Scale a decimal has no digits behind the point (CSDL 4.01, 7.2.4).
    scale: type.endsWith('Decimal') && facet('Scale') === undefined ? 0 : number('Scale'),
    isPadded: facet('FixedLength') === 'true',
    default: element.attributes.get('DefaultValue') ?? null,
    values,
    properties: isComplex
      ? new Map(
          childrenOf(declared, 'Property').map((one) => {
            const property = readProperty(one, declared, `${subject}.${attribute(one, 'Name')}`, types, level + 1);
            return [property.name, property];
          }),
        )
      : null,
    generated: generatedOf(element, terms),
    isDate: attribute(element, 'sap:display-format') === 'Date',
    comment:
      element.attributes.get('sap:label') ?? textOfTerm(terms, 'Label') ?? textOfTerm(terms, 'Description') ?? null,
  };
}

/** By SAP's annotations of V2, and by those of the vocabulary Org.OData.Core.V1. */
function generatedOf(element: XmlElement, terms: readonly XmlElement[]): Property['generated'] {
  if (attribute(element, 'sap:creatable') === 'false' || hasTerm(terms, 'Computed')) return 'always';
  // The version of an entity, which the service counts (CSDL 2, 6.2.1.3).
  const isVersion = attribute(element, 'ConcurrencyMode') === 'Fixed';
  return isVersion || hasTerm(terms, 'ComputedDefaultValue') ? 'by_default' : null;
}

const hasTerm = (terms: readonly XmlElement[], name: string): boolean =>
  terms.some((one) => lastPart(attribute(one, 'Term')) === name && attribute(one, 'Bool') !== 'false');

const textOfTerm = (terms: readonly XmlElement[], name: string): string | undefined =>
  terms.find((one) => lastPart(attribute(one, 'Term')) === name)?.attributes.get('String');

const lastPart = (name: string): string => name.split('.').at(-1) ?? '';
