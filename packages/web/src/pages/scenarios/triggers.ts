import { quoted } from '../../ui/quoted.ts';

/** The ways to run a scenario from elsewhere, each as a program that runs when the key is in its environment. */
export function triggersOf(
  id: string,
  params: unknown,
  url: string,
): readonly { readonly name: string; readonly text: string }[] {
  const body = JSON.stringify({ params });
  return [
    {
      name: 'curl',
      text: [
        `curl -s ${url}/scenarios/${id}/run \\`,
        `  -H "Authorization: Bearer $DM_API_KEY" -H 'Content-Type: application/json' \\`,
        `  -d ${quoted(body)}`,
      ].join('\n'),
    },
    {
      name: 'Python',
      text: [
        'import json, os, urllib.request',
        '',
        'request = urllib.request.Request(',
        `    ${JSON.stringify(`${url}/scenarios/${id}/run`)},`,
        `    data=${JSON.stringify(body)}.encode(),`,
        '    headers={',
        '        "Authorization": f"Bearer {os.environ[\'DM_API_KEY\']}",',
        '        "Content-Type": "application/json",',
        '    },',
        ')',
        'print(json.load(urllib.request.urlopen(request))["run_id"])',
      ].join('\n'),
    },
    {
      name: 'TypeScript',
      text: [
        "import { DataMaker } from 'datamaker';",
        '',
        `const dm = new DataMaker({ url: ${JSON.stringify(url)} }); // the key is read from DM_API_KEY`,
        `const run = await dm.scenario(${JSON.stringify(id)}).run({ params: ${JSON.stringify(params)} });`,
        'console.log(run.state);',
      ].join('\n'),
    },
    {
      name: 'CLI',
      text: [
        `export DM_URL=${url}`,
        `datamaker scenarios run ${id}${Object.entries(params as object)
          .map(([name, value]) => ` -p ${quoted(`${name}:=${JSON.stringify(value)}`)}`)
          .join('')} --follow`,
      ].join('\n'),
    },
  ];
}
