import { securitySchemes } from './security.ts';

/** What the document of this door says of it as a whole. */
export const DOCUMENT = {
  title: 'DataGen API',
  description: [
    'Names of columns in, believable rows out. GET /api/v1/auth/free-key gives a key at once.',
    'Errors come in sentences; with `Accept: application/json, application/vnd.agentic+json` what is wrong with a request is a list of structured errors whose fixes can be applied as they are.',
    'Where a client can send no header, `?api_key=` takes the key as well; proxies and histories may keep it.',
    'Templates and all else are in another document, /openapi.json.',
  ].join('\n\n'),
  version: '1.0.0',
  path: '/openapi.json',
  uiPath: '/docs',
  tags: [
    { name: 'Discovery', description: 'What there is, and whether it works.' },
    { name: 'Generation', description: 'Contracts of names, and rows.' },
    { name: 'Admin', description: 'Keys, and what they have used.' },
  ],
  securitySchemes,
};
