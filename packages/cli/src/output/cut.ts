/** A text of at most so many characters; a longer one ends in an ellipsis. */
export function cut(text: string, longest = 40): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text;
}
