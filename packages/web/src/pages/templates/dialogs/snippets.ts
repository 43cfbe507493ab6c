import { quoted } from '../../../ui/quoted.ts';

/** The ways to the rows of a template, each as a program that runs when the key is in its environment. */
export function snippetsOf(
  id: string,
  seed: string,
  url: string,
): readonly { readonly name: string; readonly text: string }[] {
  const body = quoted(JSON.stringify({ count: 1000, format: 'csv', seed }));
  return [
    {
      name: 'curl',
      text: [
        `curl -s ${url}/templates/${id}/generate \\`,
        `  -H "Authorization: Bearer $DM_API_KEY" -H 'Content-Type: application/json' \\`,
        `  -d ${body} -o rows.csv`,
      ].join('\n'),
    },
    {
      name: 'Python',
      text: [
        'from datamaker import DataMaker',
        '',
        `dm = DataMaker(url=${JSON.stringify(url)})  # the key is read from DM_API_KEY`,
        `rows = dm.generate(${JSON.stringify(id)}, 1000, seed=${JSON.stringify(seed)})`,
        'print(rows[0])',
      ].join('\n'),
    },
    {
      name: 'CLI',
      text: [
        `curl -s ${url}/templates/${id} -H "Authorization: Bearer $DM_API_KEY" > template.json`,
        `datamaker generate template.json --count 1000 --format csv --seed ${quoted(seed)} --out rows.csv`,
      ].join('\n'),
    },
  ];
}
