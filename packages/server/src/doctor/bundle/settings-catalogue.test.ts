import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SETTINGS } from './settings-catalogue.ts';
import { showSettings } from './show-settings.ts';

const PACKAGES = fileURLToPath(new URL('../../../../', import.meta.url));
/** Of clients, of the launcher, of the inside of sandboxes; and beginnings of names that are put together where they are read. */
const OTHERS =
  /^DATAMAKER_(TARGET_URL|MASK_KEY|STREAM_TO|STREAM_AUTHORIZATION|SANDBOX_CANARY|LAUNCHER|NODE|S3_|OIDC_|URL|)$/;

it('knows each variable that the code names', () => {
  const files = globSync(['{cli,server}/src/**/*.ts', 'server/src/**/*.ts'], { cwd: PACKAGES });
  const named = files
    .filter((file) => !/\.test\.ts$|[\\/]testing[\\/]/.test(file))
    .flatMap((file) => readFileSync(`${PACKAGES}${file}`, 'utf8').match(/\bDATAMAKER_[A-Z0-9_]*/g) ?? []);
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set(named)].filter((name) => !(name in SETTINGS) && !OTHERS.test(name))).toEqual([]);
});

it('shows values of settings that hold no secret, and of others that they are set', () => {
  expect(
    showSettings({
      DATAMAKER_RUN_WORKERS: ' 4 ',
      DATAMAKER_HOSTS: 'data.example.org, rows.example.org',
      DATAMAKER_DATA_DIR: '/var/lib/datamaker',
      DATAMAKER_MODEL: 'claude-haiku-4-5',
      DATAMAKER_MODEL_URL: 'https://models.example.org/v1?key=abc',
      DATAMAKER_PYPI_INDEX: 'https://user:abc@packages.example.org/simple',
      DATAMAKER_OIDC_ISSUER: 'https://user:12/abc@id.example.org',
      DATAMAKER_API_KEY: 'abc',
      DATAMAKER_S3_REGION: '',
      DATAMAKER_UNHEARD_OF: 'abc',
      PATH: '/bin',
    }),
  ).toEqual({
    DATAMAKER_RUN_WORKERS: '4',
    DATAMAKER_HOSTS: 'data.example.org, rows.example.org',
    DATAMAKER_DATA_DIR: '/var/lib/datamaker',
    DATAMAKER_MODEL: 'claude-haiku-4-5',
    DATAMAKER_MODEL_URL: 'https://models.example.org',
    DATAMAKER_PYPI_INDEX: '(set)',
    DATAMAKER_OIDC_ISSUER: '(set)',
    DATAMAKER_API_KEY: '(set)',
  });
});

it.each(['sk-ant-abcdef', 'dm_owner_x8s7', 'AKIAIOSFODNN7EXAMPLEabc', 'two\nlines', 'a=b', 'user@host'])(
  'does not show %j, whichever variable it got into',
  (value) => {
    for (const name of ['DATAMAKER_MODEL', 'DATAMAKER_S3_REGION', 'HOST', 'DATAMAKER_DATA_DIR']) {
      expect(showSettings({ [name]: value })).toEqual({ [name]: '(set)' });
    }
  },
);
