/** Characters that no output format or database carries in a name (C0 controls and DEL). */
export const hasControlCharacters = (text: string): boolean => /[\u0000-\u001f\u007f]/.test(text);
