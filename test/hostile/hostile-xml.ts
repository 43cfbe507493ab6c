/** What a document may try to reach: whoever opens one of them is found out. */
export interface Lures {
  /** A server that counts who asks. */
  readonly url: string;
  /** A file with a word in it that nobody is to tell. */
  readonly file: string;
}

/** Hostile XML by name, around and in a root element. */
export function hostileXml({ url, file }: Lures, open: string, close: string): Readonly<Record<string, () => string>> {
  const head = '<?xml version="1.0"?>';
  const type = (inner: string): string => `${head}<!DOCTYPE x [${inner}]>`;
  const laugh = Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  return {
    'billion laughs': () => `${type(`<!ENTITY l0 "lol">${laugh}`)}${open}&l10;${close}`,
    'one long entity many times': () =>
      `${type(`<!ENTITY a "${'a'.repeat(100_000)}">`)}${open}${'&a;'.repeat(50_000)}${close}`,
    'an entity of itself': () => `${type('<!ENTITY a "&b;"><!ENTITY b "&a;">')}${open}&a;${close}`,
    'an entity from a file': () => `${type(`<!ENTITY a SYSTEM "file://${file}">`)}${open}&a;${close}`,
    'an entity from a server': () => `${type(`<!ENTITY a SYSTEM "${url}/entity">`)}${open}&a;${close}`,
    'a parameter entity from a server': () => `${type(`<!ENTITY % a SYSTEM "${url}/dtd">%a;`)}${open}${close}`,
    'a document type from a server': () => `${head}<!DOCTYPE x SYSTEM "${url}/dtd">${open}${close}`,
    'a document type twice': () => `${type('')}<!DOCTYPE x [<!ENTITY l0 "lol">${laugh}]>${open}&l10;${close}`,
    'a document type in small letters': () => `${head}<!doctype x [<!ENTITY a "b">]>${open}&a;${close}`,
    'a document type in the middle': () => `${head}${open}<!DOCTYPE x [<!ENTITY a "b">]>&a;${close}`,
    'a million numeric references': () => `${head}${open}${'&#65;'.repeat(1e6)}${close}`,
    'numeric references to nothing': () => `${head}${open}&#0;&#x110000;&#xD800;&#99999999999;${close}`,
    'elements 100,000 deep': () => `${head}${open}${'<a>'.repeat(1e5)}${'</a>'.repeat(1e5)}${close}`,
    'elements that do not end': () => `${head}${open}${'<a>'.repeat(3e5)}`,
    '100,000 attributes': () =>
      `${head}${open}<a ${Array.from({ length: 1e5 }, (_, i) => `a${i}=""`).join(' ')}/>${close}`,
    'an attribute twice': () => `${head}${open}<a b="1" b="2"/>${close}`,
    'a comment that does not end': () => `${head}${open}<!--${'-'.repeat(1e6)}`,
    'a section that does not end': () => `${head}${open}<![CDATA[${']]'.repeat(5e5)}`,
    'an instruction that does not end': () => `${head}${open}<?x ${'?'.repeat(1e6)}`,
    'an include': () =>
      `${head}${open}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://${file}" parse="text"/>${close}`,
    'a style sheet': () => `${head}<?xml-stylesheet href="${url}/style" type="text/xsl"?>${open}${close}`,
    'a schema on a server': () =>
      `${head}${open.replace('>', ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="${url}/xsd">`)}${close}`,
    'names of the prototype': () =>
      `${head}${open}<__proto__ polluted="yes"/><constructor><prototype polluted="yes"/></constructor>${close}`,
    'an encoding that is none': () => `<?xml version="1.0" encoding="UTF-7"?>${open}+ADw-${close}`,
  };
}
