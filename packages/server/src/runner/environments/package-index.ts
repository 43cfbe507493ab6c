/** Where packages come from: what the operator says, never what a scenario does. */
export interface PackageIndex {
  /** Variables for pip and uv, with credentials where the address has some. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether it is the operator's setting for this server, so that configuration files of pip and uv do not count. */
  readonly isSet: boolean;
  /** Takes credentials and addresses with such out of a text. */
  readonly hide: (text: string) => string;
}

/** Ways to the index, and whom to trust on them. */
const PASSED = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
  ...[
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'REQUESTS_CA_BUNDLE',
    'CURL_CA_BUNDLE',
    'PIP_CERT',
    'PIP_CLIENT_CERT',
    'SSL_CLIENT_CERT',
  ],
  ...[
    'PIP_TRUSTED_HOST',
    'UV_INSECURE_HOST',
    'UV_NATIVE_TLS',
    'UV_SYSTEM_CERTS',
    'NETRC',
    'PIP_CONFIG_FILE',
    'UV_CONFIG_FILE',
  ],
];
const INDEXES = [
  ...['UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'UV_INDEX', 'UV_EXTRA_INDEX_URL', 'PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL'],
];

/**
 * @param address of a simple index (PEP 503), as the settings have it; undefined: the usual variables of pip and uv count, then PyPI
 * @param environment of the server
 */
export function packageIndex(
  address: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): PackageIndex {
  const given = (name: string): string | undefined => environment[name] || undefined;
  const pick = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.flatMap((name) => (given(name) === undefined ? [] : [[name, given(name) as string]])));
  const passed = pick(PASSED);
  // A word for one tool counts for the other, so that it does not matter which one is there.
  const main = address ?? given('UV_DEFAULT_INDEX') ?? given('UV_INDEX_URL') ?? given('PIP_INDEX_URL');
  const indexes = address === undefined ? pick(INDEXES) : {};
  const extra = indexes['UV_INDEX'] ?? indexes['UV_EXTRA_INDEX_URL'] ?? indexes['PIP_EXTRA_INDEX_URL'];
  const env = {
    ...passed,
    ...(main === undefined ? {} : { UV_DEFAULT_INDEX: main, PIP_INDEX_URL: main }),
    ...(extra === undefined ? {} : { UV_INDEX: extra, PIP_EXTRA_INDEX_URL: extra }),
  };
  return { env, isSet: address !== undefined, hide: hiderOf(Object.values(env)) };
}

/** What stands before the @ of addresses is taken out of any address; what is a password or a user of ours, wherever it stands. */
function hiderOf(addresses: readonly string[]): (text: string) => string {
  const secrets = addresses
    .flatMap((list) => list.split(/\s+/))
    .filter((one) => URL.canParse(one))
    .flatMap((one) => {
      const { username, password } = new URL(one);
      return [password, decoded(password), password === '' ? username : '', password === '' ? decoded(username) : ''];
    })
    .filter((one) => one.length >= 3)
    .sort((a, b) => b.length - a.length);
  return (text) =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text.replace(/(\w+:\/\/)[^\s/@]+@/g, '$1***@'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
