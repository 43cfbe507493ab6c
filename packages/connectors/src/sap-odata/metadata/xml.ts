import type { XmlElement } from '@datamaker/engine/import';

export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** Empty where there is none. */
export const attribute = (element: XmlElement, name: string): string => element.attributes.get(name) ?? '';
