/** A tag as Monaco writes lines: what is shown has its `<` and `>` escaped. */
const TAG = /<[^>]*>/g;
const HELD = 'data-held-style';

/**
 * Markup of Monaco as elements, with styles set one by one: the policy of the page refuses attributes of style in markup.
 * @param html a text, or what Monaco has marked as trusted, which is one inside
 */
export function styledHtml(html: unknown): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = String(html).replace(TAG, (tag) => tag.replace(/(\s)style="/g, `$1${HELD}="`));
  for (const element of template.content.querySelectorAll<HTMLElement | SVGElement>(`[${HELD}]`)) {
    element.style.cssText = element.getAttribute(HELD) ?? '';
    element.removeAttribute(HELD);
  }
  return template.content;
}
