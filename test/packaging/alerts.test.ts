import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { parse } from 'yaml';

const PROMETHEUS = fileURLToPath(new URL('../../deploy/prometheus/', import.meta.url));
const rules = readFileSync(join(PROMETHEUS, 'alerts.yml'), 'utf8');
const cases = readFileSync(join(PROMETHEUS, 'alerts.test.yml'), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'datamaker-alerts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What promtool says of the rules, and of what is expected of them. */
function tell(command: 'check' | 'test', text = rules): { readonly status: number | null; readonly told: string } {
  writeFileSync(join(folder, 'alerts.yml'), text);
  writeFileSync(join(folder, 'alerts.test.yml'), cases);
  const file = command === 'check' ? 'alerts.yml' : 'alerts.test.yml';
  const { status, stdout, stderr, error } = spawnSync('promtool', [command, 'rules', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (error) throw new Error('promtool is missing: apt-get install prometheus', { cause: error });
  return { status, told: `${stdout}${stderr}` };
}

it('Prometheus reads the rules, and no others', () => {
  expect(tell('check')).toMatchObject({ status: 0, told: expect.stringMatching(/SUCCESS: \d\d rules found/) });
  expect(tell('check', rules.replace('sum(rate(', 'sum(rat('))).toMatchObject({ status: 1 });
});

it('each alert fires when it should, and not when it should not', () => {
  expect(tell('test')).toMatchObject({ status: 0 });
});

it.each([
  ['a bound', '> 0.02', '> 0.2'],
  ['how long it takes', 'for: 15m', 'for: 45m'],
  ['a label', 'lane!="jobs"', 'lane!=""'],
])('notices %s that is another', (_, from, to) => {
  expect(rules).toContain(from);
  expect(tell('test', rules.replace(from, to))).toMatchObject({ status: 1 });
});

it('says of each alert when it fires and when it does not', () => {
  const { tests } = parse(cases) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[];
  };
  const checks = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
  const named = (fires: boolean) =>
    [
      ...new Set(
        checks.filter(({ exp_alerts = [] }) => exp_alerts.length > 0 === fires).map(({ alertname }) => alertname),
      ),
    ].sort();
  const { groups } = parse(rules) as { groups: { rules: { alert: string }[] }[] };
  const alerts = groups.flatMap((group) => group.rules.map(({ alert }) => alert)).sort();
  expect(named(true)).toEqual(alerts);
  expect(named(false)).toEqual(alerts);
});
