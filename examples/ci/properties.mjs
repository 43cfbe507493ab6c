// Tries a property of your code on the rows of many seeds. They come from the MCP server of the job, as an agent would ask for them.
//
//   node properties.mjs property.mjs     property.mjs has a function as its default export: it gets rows, and throws when they break it
//
//   DM_URL, DM_API_KEY   a server, and a key of it with the scope `generate`
//   TEMPLATE             the name or id of the template
//   BUILD                what the rows follow from, such as the commit
//   CASES, COUNT         how many seeds (default: 20), and rows of each (default: 20)
//   DATAMAKER            how the command is called (default: npx --yes @datamaker/cli)
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { TEMPLATE, BUILD, CASES = '20', COUNT = '20', DATAMAKER = 'npx --yes @datamaker/cli' } = process.env;
if (!TEMPLATE || !BUILD || !process.argv[2]) throw new Error('TEMPLATE, BUILD and a file with the property are needed');
const { default: property } = await import(pathToFileURL(resolve(process.argv[2])).href);

const [command, ...words] = [...DATAMAKER.split(' '), 'mcp'];
const server = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
let id = 0;

const client = { name: 'properties', version: '1' };
await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: client });
tell({ method: 'notifications/initialized' });
let broken = 0;
for (let index = 0; index < Number(CASES); index++) {
  const seed = `${BUILD}/${index}`;
  const wanted = { template: TEMPLATE, count: Number(COUNT), show: Number(COUNT), seed };
  const { structuredContent, content, isError } = await ask('tools/call', { name: 'generate', arguments: wanted });
  if (isError) throw new Error(content[0].text);
  try {
    await property(structuredContent.data.rows);
  } catch (error) {
    broken++;
    console.error(`broken by the rows of seed ${JSON.stringify(seed)}: ${error.message}`);
  }
}
server.stdin.end();
console.log(`${CASES} cases, ${broken} broken`);
process.exitCode = broken === 0 ? 0 : 1;

function tell(message) {
  server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

async function ask(method, params) {
  tell({ id: ++id, method, params });
  const { value } = await answers.next();
  if (value === undefined) throw new Error('the MCP server has ended');
  const { result, error } = JSON.parse(value);
  if (error) throw new Error(error.message);
  return result;
}
