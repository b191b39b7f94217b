import { describe, expect, it } from 'vitest';
import { dappMethods } from '../rpc/dapp/methods';
import { maxRequestLength } from '../rpc/ports';
import { unauthorized } from './errors/rpcErrors';
import type { Handlers } from './handlers/handler';
import type { Procedures } from './procedures/procedure';
import { createDappRouter, createPopupRouter } from './router';
import { counter, increment } from './testing/records';

type Seen = { method: string; params: unknown; origin: string };

const before = async (): Promise<void> => undefined;

const routed = (answer: () => Promise<unknown> = async () => 'answer') => {
  const seen: Seen[] = [];
  const defects: unknown[] = [];
  const names = Object.keys(dappMethods);
  const handlers = Object.fromEntries(
    names.map((method) => [
      method,
      (params: unknown, origin: string) => {
        seen.push({ method, params, origin });
        return answer();
      },
    ]),
  ) as unknown as Handlers;
  return {
    seen,
    defects,
    route: createDappRouter(handlers, { before, report: (error) => defects.push(error) }),
  };
};

const origin = 'https://dapp.example';
const getRequest = [{ requestId: 'r' }];

const asked = {
  chainId: 1,
  actions: [
    {
      actionTarget: counter,
      actionTargetSelector: increment,
      actionPolicies: [{ policy: counter, initData: '0x' }],
    },
  ],
};

describe('the dapp router', () => {
  it('hands parsed params and the origin of the browser to the handler', async () => {
    const { seen, route } = routed();
    expect(await route({ method: 'latchkey_getRequest', params: getRequest }, origin)).toBe('answer');
    const held = [{ permissionId: `0x${'AB'.repeat(32)}`, chainId: '0x2105' }];
    await route({ method: 'latchkey_isPermissionEnabled', params: held }, origin);
    await route({ method: 'eth_accounts', params: undefined }, origin);
    expect(seen).toEqual([
      { method: 'latchkey_getRequest', params: getRequest, origin },
      {
        method: 'latchkey_isPermissionEnabled',
        params: [{ permissionId: `0x${'ab'.repeat(32)}`, chainId: 8453 }],
        origin,
      },
      { method: 'eth_accounts', params: [], origin },
    ]);
  });

  it.each([
    'eth_sendTransaction',
    'personal_sign',
    'eth_sign',
    'eth_signTypedData_v4',
    'wallet_sendCalls',
    'approve',
    'getState',
    'toString',
    'constructor',
    '__proto__',
    '',
  ])('does not offer %s', async (method) => {
    const { seen, route } = routed();
    await expect(route({ method, params: [] }, origin)).rejects.toMatchObject({
      code: 4200,
      data: { reason: 'UNSUPPORTED_METHOD', action: expect.stringMatching(/\S+ \S+/) },
    });
    expect(seen).toEqual([]);
  });

  it.each([
    ['no params', undefined, 'params'],
    ['an object', { requestId: 'r' }, 'params'],
    ['too many', [{ requestId: 'r' }, 1], 'params.1'],
    ['an unknown member', [{ requestId: 'r', extra: 1 }], 'params.0.extra'],
    ['a wrong type', [{ requestId: 7 }], 'params.0.requestId'],
    ['a bad name', [{ requestId: 'a b' }], 'params.0.requestId'],
    ['null', [null], 'params.0'],
  ])('refuses %s and names the place', async (_what, params, path) => {
    const { seen, route } = routed();
    await expect(route({ method: 'latchkey_getRequest', params }, origin)).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining(path),
      data: { reason: 'INVALID_PARAMS', details: { path } },
    });
    expect(seen).toEqual([]);
  });

  it.each([
    ['latchkey_prepare', { authorization: {} }, 'AUTHORIZATION_GIVEN', 'params.0.authorization'],
    ['latchkey_use', { authorizations: [] }, 'AUTHORIZATION_GIVEN', 'params.0.authorizations'],
    [
      'latchkey_prepare',
      { enableSession: { actions: [asked], redeemer: origin } },
      'REDEEMER_GIVEN',
      'params.0.enableSession.redeemer',
    ],
  ])('says of %s with %o that the companion decides on it', async (method, change, reason, path) => {
    const { route } = routed();
    const issues = await route({ method, params: [{ requestId: 'r', ...change }] }, origin).catch((error) =>
      error.toJSON(),
    );
    expect(issues).toMatchObject({ code: -32602, data: { reason, details: { path } } });
  });

  it('refuses what is too long before it reads it', async () => {
    const { route } = routed();
    const params = [{ requestId: 'x'.repeat(maxRequestLength) }];
    await expect(route({ method: 'latchkey_getRequest', params }, origin)).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'REQUEST_TOO_LONG', details: { limit: maxRequestLength } },
    });
  });

  it('lets typed errors through and keeps the text of all others to itself', async () => {
    const typed = unauthorized({ reason: 'LOCKED', message: 'Locked.', action: 'Unlock.' });
    const refused = routed(async () => Promise.reject(typed));
    await expect(refused.route({ method: 'eth_accounts', params: [] }, origin)).rejects.toBe(typed);
    expect(refused.defects).toEqual([]);

    const inner = new TypeError('secret path');
    const broken = routed(async () => Promise.reject(inner));
    const error = await broken
      .route({ method: 'eth_accounts', params: [] }, origin)
      .catch((thrown) => thrown.toJSON());
    expect(error).toMatchObject({ code: -32603, data: { reason: 'INTERNAL' } });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(broken.defects).toEqual([inner]);
  });
});

describe('the popup router', () => {
  const route = createPopupRouter({ unlock: async (params: unknown) => params } as unknown as Procedures, {
    before,
    report: () => undefined,
  });

  it('knows procedures only, and checks their parameter', async () => {
    expect(await route({ method: 'unlock', params: { password: 'p' } })).toEqual({ password: 'p' });
    await expect(route({ method: 'latchkey_use', params: [] })).rejects.toMatchObject({ code: 4200 });
    await expect(route({ method: 'unlock', params: { password: 1 } })).rejects.toMatchObject({
      code: -32602,
    });
    await expect(route({ method: 'unlock', params: undefined })).rejects.toMatchObject({ code: -32602 });
  });
});
