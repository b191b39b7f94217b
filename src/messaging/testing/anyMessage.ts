import fc from 'fast-check';
import { dappMethods } from '../../rpc/dapp/methods';
import { popupProcedures } from '../../rpc/popup/procedures';

const target = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
const selector = '0x12345678';
const permissionId = `0x${'ab'.repeat(32)}`;
const feeToken = { address: target, chainId: 8453 };
const calls = [
  { chainId: 8453, calls: [{ to: target, value: '0x0', data: '0x12345678', gasLimit: '0x186a0' }] },
];
const actionPolicies = [{ policy: target, initData: `0x${'00'.repeat(32)}` }];
const actions = [{ actionTarget: target, actionTargetSelector: selector, actionPolicies }];

/** Well-formed params by method, which mutations start from. */
const wellFormed: Record<string, unknown> = {
  latchkey_prepare: [
    {
      requestId: 'r1',
      enableSession: { actions: [{ chainId: 8453, actions }], maxPaymentAmount: '0x10' },
      feeToken,
      instructions: calls,
      trigger: { tokenAddress: target, chainId: 8453, amount: '0x1' },
      cleanUps: [{ tokenAddress: target, chainId: 8453, recipientAddress: target }],
    },
  ],
  latchkey_use: [{ requestId: 'r1', grantId: 'g1', instructions: calls, feeToken }],
  latchkey_checkCalls: [{ instructions: calls, grantId: 'g1' }],
  latchkey_revoke: [
    { requestId: 'r1', grantId: 'g1', action: { actionTarget: target, actionTargetSelector: selector } },
  ],
  latchkey_getRequest: [{ requestId: 'r1' }],
  latchkey_getUsage: [{ grantId: 'g1' }],
  latchkey_isPermissionEnabled: [{ permissionId, chainId: 8453 }],
  latchkey_checkEnabledPermissions: [[{ permissionId, chainId: 8453 }]],
  unlock: { password: 'correct horse battery staple' },
  resetVault: { confirm: 'delete all keys' },
  approve: { reviewId: 'r1', digest: permissionId, acknowledged: [] },
  revokeGrant: { grantId: 'g1' },
};

const names = [...Object.keys(dappMethods), ...Object.keys(popupProcedures), 'toString', '__proto__', ''];

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { value };
  return value;
};

const odd = fc.constantFrom<unknown>(
  ...[null, true, -0, 1e308, 2 ** 53, '', ' ', '0x', '0x0', '\u0000', '\ud800', 'x'.repeat(2_000)],
  ...[[], {}, [[]], { $bigint: '5' }, { $bigint: '-0' }, { $bigint: 'x' }, { length: 2 ** 32 }, deep(70)],
  ...[{ constructor: { prototype: { polluted: true } } }, JSON.parse('{"__proto__":{"polluted":true}}')],
);

const anyValue = fc.oneof(odd, fc.jsonValue({ maxDepth: 3 }), fc.string(), fc.integer());
const anyKey = fc.oneof(
  fc.constantFrom('origin', 'id', 'method', 'params', 'waited', 'requestId', '__proto__', 'constructor', '0'),
  fc.string({ maxLength: 8 }),
);
const mutation = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('replace', 'remove', 'add', 'wrap', 'twice'),
  key: anyKey,
  value: anyValue,
});

type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;
type Place = { owner: object; key: string };

const placesOf = (value: unknown): Place[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [{ owner: value, key }, ...placesOf(Reflect.get(value, key))]);
};

const define = (owner: object, key: string, value: unknown): void => {
  if (Array.isArray(owner) && key === 'length') return;
  Object.defineProperty(owner, key, { value, writable: true, enumerable: true, configurable: true });
};

const mutate = (message: unknown, { at, kind, key, value }: Mutation): void => {
  const places = placesOf(message);
  const place = places[at % places.length];
  if (!place) return;
  const present: unknown = Reflect.get(place.owner, place.key);
  if (kind === 'replace') define(place.owner, place.key, value);
  else if (kind === 'remove') Reflect.deleteProperty(place.owner, place.key);
  else if (kind === 'add') define(place.owner, key, value);
  else define(place.owner, place.key, kind === 'wrap' ? [present] : [present, present]);
};

/** A request as a page's would be, changed in up to three places. */
export const nearRequest: fc.Arbitrary<unknown> = fc
  .record({
    method: fc.constantFrom(...names),
    id: fc.oneof(fc.constant('1'), fc.string({ maxLength: 70 })),
    mutations: fc.array(mutation, { maxLength: 3 }),
  })
  .map(({ method, id, mutations }) => {
    const params = Object.hasOwn(wellFormed, method) ? structuredClone(wellFormed[method]) : [];
    const message = { type: 'request', id, method, params };
    for (const change of mutations) mutate(message, structuredClone(change));
    return message;
  });

/** The JSON text of a message, now and then damaged. */
export const nearText: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: nearRequest }, { weight: 1, arbitrary: anyValue }),
    fc.nat(),
    fc.nat(9),
  )
  .map(([message, at, chance]) => {
    const text = JSON.stringify(message) ?? '';
    return chance === 0 ? `${text.slice(0, at % (text.length + 1))}"${text.slice(at % 7)}` : text;
  });

/** Anything at all that can be posted: a text near to a request's, or any value. */
export const anyPosted: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: nearText },
  { weight: 1, arbitrary: fc.oneof(anyValue, nearRequest) },
);
