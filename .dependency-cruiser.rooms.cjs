/** The rooms of src/ and what each may reach. A room may always reach itself. */
const room = {
  protocol: [],
  rpc: ['protocol'],
  messaging: ['rpc'],
  client: ['protocol', 'rpc'],
  inpage: ['rpc', 'messaging'],
  content: ['rpc', 'messaging'],
  storage: ['protocol', 'rpc'],
  vault: ['protocol', 'storage', 'rpc'],
  ui: ['protocol', 'rpc'],
  popup: ['protocol', 'rpc', 'messaging', 'ui'],
};

/** The rooms inside src/background. */
const inner = {
  http: [],
  chain: ['errors', 'http'],
  mee: ['errors', 'http'],
  owner: ['errors'],
  approvals: ['errors', 'journal'],
  sessions: ['errors', 'journal', 'chain'],
  executor: ['errors', 'journal', 'sessions', 'chain', 'mee', 'owner'],
};

const tests = '\\.test\\.tsx?$';
const packages = 'node_modules';

const roomRules = Object.entries(room).map(([name, reach]) => ({
  name: `room-${name}`,
  severity: 'error',
  from: { path: `^src/${name}/`, pathNot: tests },
  to: { path: '^src/', pathNot: `^src/(${[name, ...reach].join('|')})/` },
}));

const innerRules = Object.entries(inner).map(([name, reach]) => ({
  name: `background-${name}`,
  severity: 'error',
  from: { path: `^src/background/${name}/`, pathNot: tests },
  to: {
    path: '^src/background/',
    pathNot: `^src/background/(${[name, ...reach].join('|')})(/|\\.ts$)`,
  },
}));

const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

const shared = [
  forbid('no-circular', {}, { circular: true }),
  forbid('src-stays-in-src', { path: '^src/', pathNot: tests }, { path: '^(devnet|demo|e2e|bench)/' }),
  forbid(
    'demo-page-uses-the-client-only',
    { path: '^demo/dapp/' },
    { path: '^(src/(?!client/)|devnet|e2e|bench)' },
  ),
  forbid(
    'vault-has-one-door',
    { path: '^src/', pathNot: '^src/vault/' },
    { path: '^src/vault/(?!index\\.ts$)' },
  ),
  forbid(
    'polyfill-only-where-the-browser-is-met',
    { path: '^src/', pathNot: `^src/(messaging|background|storage|vault)/|${tests}` },
    { path: `${packages}/webextension-polyfill` },
  ),
  forbid(
    'pages-never-reach-viem',
    { path: '^src/(inpage|content|messaging)/', pathNot: tests },
    { path: `${packages}/viem` },
  ),
  forbid(
    'protocol-is-pure',
    { path: '^src/protocol/', pathNot: tests },
    { path: `${packages}/(?!viem|valibot)` },
  ),
  forbid(
    'reference-client-is-for-tests',
    { path: '^(src|demo)/', pathNot: tests },
    { path: `${packages}/@biconomy` },
  ),
];

module.exports = { all: [...roomRules, ...innerRules, ...shared], values: [...roomRules, ...shared] };
