import type { TemplateDocument } from '../../api/types.ts';

/** What of a template is edited. */
export const documentOf = ({ name, fields, locale, weighting }: TemplateDocument): TemplateDocument => ({
  name,
  fields,
  ...(locale === undefined ? {} : { locale }),
  ...(weighting === undefined ? {} : { weighting }),
});
