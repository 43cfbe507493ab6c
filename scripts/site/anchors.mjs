/**
 * The anchor of a heading, as GitHub makes it, so that a link leads to the same place there and on the site.
 * @param {string} heading its text in Markdown @returns {string}
 */
export const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
