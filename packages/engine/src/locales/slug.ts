export const slug = (name: string, _language: string): string => name.toLowerCase();
