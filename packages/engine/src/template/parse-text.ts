import { locateJsonError } from '../text/locate-json-error.ts';
import { failure, type Result } from './diagnostic.ts';
import { MAX_TEMPLATE_BYTES } from './limits.ts';
import { type ParseOptions, parseTemplate } from './parse-template.ts';
import type { Template } from './template.ts';

/** Parses the text of a template document: invalid UTF-8 and what is not JSON are diagnosed like anything else. */
export function parseTemplateText(source: string | Uint8Array, options: ParseOptions = {}): Result<Template> {
  if (source.length > MAX_TEMPLATE_BYTES) {
    return failure({
      code: 'template_too_large',
      pointer: '',
      message: `the template is larger than ${MAX_TEMPLATE_BYTES / 1048576} MiB`,
      hint: 'split it',
    });
  }
  let text: string;
  try {
    text =
      typeof source === 'string'
        ? source.replace(/^\uFEFF/, '')
        : new TextDecoder('utf-8', { fatal: true }).decode(source);
  } catch {
    return failure({
      code: 'invalid_utf8',
      pointer: '',
      message: 'the template is not valid UTF-8',
      hint: 'save the file as UTF-8',
    });
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    const { line, column } = locateJsonError(text);
    const message =
      text.trim() === '' ? 'the template is empty' : `the template is not JSON from line ${line}, column ${column} on`;
    return failure({ code: 'invalid_json', pointer: '', message, hint: 'check quotes, commas and brackets there' });
  }
  return parseTemplate(document, options);
}
