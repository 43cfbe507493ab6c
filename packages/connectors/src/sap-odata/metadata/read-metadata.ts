import { ImportRefused, parseXml, type XmlElement } from '@datamaker/engine/import';
import { ConnectionError } from '../../connection-error.ts';
import type { Constraint, EntitySet, EntityType, Navigation, ODataModel, Property } from './model.ts';
import { readProperty, type TypeReader } from './read-property.ts';
import { attribute, childrenOf } from './xml.ts';

/** Of one service; SAP's largest have some hundred. */
const MOST_SETS = 5000;
const MOST_LEVELS = 20;

/**
 * Reads a $metadata document: EDMX of OData V2 and V3 (CSDL 2 and 3) or V4 (CSDL 4.0, 4.01), with SAP's annotations.
 * @throws ConnectionError protocol
 */
export function readMetadata(text: string): ODataModel {
  try {
    return new MetadataReader(parseXml(text)).read();
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    throw new ConnectionError('protocol', `$metadata: ${error.message}`, {
      hint: 'check that the URL is the root of an OData service',
      cause: error,
    });
  }
}

class MetadataReader implements TypeReader {
  readonly #root: XmlElement;
  readonly #schemas: readonly XmlElement[];
  /** Everything that has a name in a namespace, by namespace and by alias. */
  readonly #named = new Map<string, XmlElement>();
  readonly #types = new Map<XmlElement, EntityType>();
  readonly #notices: { subject: string; message: string }[] = [];
  /** Terms by what they are about: `ns.Type/Property`. */
  readonly #annotations = new Map<string, XmlElement[]>();

  constructor(root: XmlElement) {
    this.#root = root;
    this.#schemas = childrenOf(root, 'DataServices').flatMap((services) => childrenOf(services, 'Schema'));
    for (const schema of this.#schemas) {
      for (const namespace of namesOf(schema)) {
        for (const child of schema.children) this.#named.set(`${namespace}.${attribute(child, 'Name')}`, child);
      }
    }
    for (const schema of this.#schemas) {
      for (const about of childrenOf(schema, 'Annotations')) {
        const target = this.#canonical(attribute(about, 'Target'));
        this.#annotations.set(target, [...(this.#annotations.get(target) ?? []), ...childrenOf(about, 'Annotation')]);
      }
    }
  }

  read(): ODataModel {
    const version = attribute(this.#root, 'Version').startsWith('4') ? 'v4' : 'v2';
    const sets = new Map<string, EntitySet>();
    for (const container of this.#schemas.flatMap((schema) => childrenOf(schema, 'EntityContainer'))) {
      for (const element of childrenOf(container, 'EntitySet')) {
        const type = this.named(attribute(element, 'EntityType'));
        const name = attribute(element, 'Name');
        if (type === undefined || type.name !== 'EntityType' || name === '') continue;
        if (sets.size >= MOST_SETS) throw new ImportRefused('import_too_large', `it has more than ${MOST_SETS} sets`);
        const targets = version === 'v4' ? bindingsOf(element) : this.#associated(container, element, type);
        const comment = element.attributes.get('sap:label') ?? type.attributes.get('sap:label') ?? null;
        sets.set(name, { name, type: this.#entityType(type), targets, comment });
      }
      for (const kind of ['FunctionImport', 'ActionImport', 'Singleton']) {
        for (const { attributes } of childrenOf(container, kind)) {
          this.#notices.push({ subject: attributes.get('Name') ?? kind, message: `${kind} is not used` });
        }
      }
    }
    if (sets.size === 0) {
      throw new ImportRefused('nothing_to_import', 'there is no entity set in it');
    }
    return { version, entitySets: sets, notices: this.#notices };
  }

  named(name: string): XmlElement | undefined {
    return this.#named.get(name);
  }

  annotationsOf(type: XmlElement, property: XmlElement): readonly XmlElement[] {
    const inside = childrenOf(property, 'Annotation');
    const schema = this.#schemas.find(({ children }) => children.includes(type));
    const target = `${schema === undefined ? '' : attribute(schema, 'Namespace')}.${attribute(type, 'Name')}/${attribute(property, 'Name')}`;
    return [...inside, ...(this.#annotations.get(target) ?? [])];
  }

  notice(subject: string, message: string): void {
    this.#notices.push({ subject, message });
  }

  #entityType(element: XmlElement): EntityType {
    const known = this.#types.get(element);
    if (known !== undefined) return known;
    const name = attribute(element, 'Name');
    const lines = this.#withBases(element);
    const keys = lines
      .flatMap((line) => childrenOf(line, 'Key'))
      .flatMap((key) => childrenOf(key, 'PropertyRef'))
      .map((ref) => attribute(ref, 'Name'));
    const properties = new Map<string, Property>();
    const navigations = new Map<string, Navigation>();
    const type: EntityType = { name, keys, properties, navigations };
    // Before what it refers to is read: that may refer to it again.
    this.#types.set(element, type);
    for (const line of lines) {
      for (const one of childrenOf(line, 'Property')) {
        const property = readProperty(one, line, `${name}.${attribute(one, 'Name')}`, this, 0);
        properties.set(property.name, keys.includes(property.name) ? { ...property, nullable: false } : property);
      }
      for (const one of childrenOf(line, 'NavigationProperty')) {
        const navigation = one.attributes.has('Type') ? this.#navigation(one) : this.#association(one);
        if (navigation !== undefined) navigations.set(navigation.name, navigation);
      }
    }
    return type;
  }

  #withBases(element: XmlElement): XmlElement[] {
    const lines = [element];
    for (;;) {
      const base = this.named(attribute(lines[0] ?? element, 'BaseType'));
      if (base === undefined || lines.includes(base) || lines.length > MOST_LEVELS) return lines;
      lines.unshift(base);
    }
  }

  /** Of V4. */
  #navigation(element: XmlElement): Navigation | undefined {
    const [, inner] = /^Collection\((.*)\)$/.exec(attribute(element, 'Type')) ?? [];
    const target = this.named(inner ?? attribute(element, 'Type'));
    if (target === undefined) return undefined;
    const constraints = childrenOf(element, 'ReferentialConstraint').map((one) => ({
      property: attribute(one, 'Property'),
      referenced: attribute(one, 'ReferencedProperty'),
    }));
    return {
      name: attribute(element, 'Name'),
      target: this.#entityType(target),
      many: inner !== undefined,
      contains: attribute(element, 'ContainsTarget') === 'true',
      partner: element.attributes.get('Partner'),
      constraints,
      dependents: [],
    };
  }

  /** Of V2: what it leads to is the other end of an association. */
  #association(element: XmlElement): Navigation | undefined {
    const association = this.named(attribute(element, 'Relationship'));
    const role = attribute(element, 'ToRole');
    const end = childrenOf(association, 'End').find((one) => attribute(one, 'Role') === role);
    const target = end === undefined ? undefined : this.named(attribute(end, 'Type'));
    if (end === undefined || target === undefined) return undefined;
    return {
      name: attribute(element, 'Name'),
      target: this.#entityType(target),
      many: attribute(end, 'Multiplicity') === '*',
      contains: false,
      partner: undefined,
      constraints: constraintsOf(association, 'Principal', role),
      dependents: constraintsOf(association, 'Dependent', role),
    };
  }

  /** The sets that the navigation properties of a V2 set lead to. */
  #associated(container: XmlElement, set: XmlElement, type: XmlElement): Map<string, string> {
    const found = new Map<string, string>();
    for (const navigation of this.#withBases(type).flatMap((line) => childrenOf(line, 'NavigationProperty'))) {
      const association = this.named(attribute(navigation, 'Relationship'));
      for (const one of childrenOf(container, 'AssociationSet')) {
        if (this.named(attribute(one, 'Association')) !== association) continue;
        const [from, to] = ['FromRole', 'ToRole'].map((role) =>
          childrenOf(one, 'End').find((end) => attribute(end, 'Role') === attribute(navigation, role)),
        );
        if (from === undefined || to === undefined || attribute(from, 'EntitySet') !== attribute(set, 'Name')) continue;
        found.set(attribute(navigation, 'Name'), attribute(to, 'EntitySet'));
      }
    }
    return found;
  }

  /** A target with the namespace in place of its alias. */
  #canonical(target: string): string {
    for (const schema of this.#schemas) {
      const alias = attribute(schema, 'Alias');
      if (alias !== '' && target.startsWith(`${alias}.`)) {
        return `${attribute(schema, 'Namespace')}${target.slice(alias.length)}`;
      }
    }
    return target;
  }
}

/** Equal properties, where the end that is led to is the one that the other depends on, or depends on the other. */
function constraintsOf(
  association: XmlElement | undefined,
  as: 'Principal' | 'Dependent',
  role: string,
): readonly Constraint[] {
  const [constraint] = childrenOf(association, 'ReferentialConstraint');
  const [principal] = childrenOf(constraint, 'Principal');
  const [dependent] = childrenOf(constraint, 'Dependent');
  const end = as === 'Principal' ? principal : dependent;
  if (end === undefined || attribute(end, 'Role') !== role) return [];
  const [there, here] = [principal, dependent].map((end) =>
    childrenOf(end, 'PropertyRef').map((ref) => attribute(ref, 'Name')),
  );
  return (here ?? []).flatMap((property, i) => {
    const referenced = there?.[i];
    return referenced === undefined ? [] : [{ property, referenced }];
  });
}

const bindingsOf = (set: XmlElement): Map<string, string> =>
  new Map(
    childrenOf(set, 'NavigationPropertyBinding').map((one) => [
      attribute(one, 'Path'),
      attribute(one, 'Target').split('/').at(-1) ?? '',
    ]),
  );

const namesOf = (schema: XmlElement): string[] =>
  ['Namespace', 'Alias'].map((name) => attribute(schema, name)).filter((name) => name !== '');
