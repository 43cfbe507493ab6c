/**
 * What Monaco takes for an element `<style>`: its text and rules are those of a sheet that the document has adopted, which the policy of
 * the page allows. It shows nothing where it is put.
 */
export function adoptedStyle(): HTMLStyleElement {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  const element = document.createElement('template');
  let text = '';
  Object.defineProperties(element, {
    sheet: { value: sheet },
    textContent: {
      get: () => text,
      set: (next: string) => {
        text = next;
        sheet.replaceSync(next);
      },
    },
    remove: {
      value: () => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
        Element.prototype.remove.call(element);
      },
    },
  });
  return element as unknown as HTMLStyleElement;
}
