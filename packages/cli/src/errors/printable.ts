/** A line with control characters spelled out: names in what a user gave may hold escape sequences, and a terminal obeys them. */
export const printable = (line: string): string =>
  line.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
