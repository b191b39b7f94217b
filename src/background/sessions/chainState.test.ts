import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { encodeFunctionResult, type Hex } from 'viem';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smartSessionAbi } from '../../protocol/constants/abis';
import { actionId } from '../../protocol/session/permission';
import { openStorage, type Storage } from '../../storage/index';
import type { Chain, Chains } from '../chain/chains';
import { grantRecord } from '../testing/records';
import { createChainState } from './chainState';
import { createGrantFinder } from './grants';
import { createReservations } from './reservations';

type State = { code: boolean; module: boolean; enabled: boolean; actions: readonly Hex[] };

let storage: Storage;
const on: State = { code: true, module: true, enabled: true, actions: [] };
const states = new Map<number, State>();

const chainOf = (chainId: number): Chain => {
  const { code, module, enabled, actions } = states.get(chainId) ?? on;
  const answer = encodeFunctionResult({
    abi: smartSessionAbi,
    functionName: 'getEnabledActions',
    result: actions,
  });
  return {
    network: { chainId },
    hasCode: async () => code,
    isSmartSessionInstalled: async () => module,
    isPermissionEnabled: async () => enabled,
    read: async (read: { decode(data: Hex): unknown }) => read.decode(answer),
  } as unknown as Chain;
};
const chains: Chains = { on: async (chainId) => chainOf(chainId), all: async () => [] };

const grant = grantRecord();
const [permission] = grant.permissions;
if (!permission) throw new RangeError('The grant has no permission.');
const ids = permission.session.actions.map(({ actionTarget, actionTargetSelector }) =>
  actionId(actionTarget, actionTargetSelector),
);
const [firstId, feeId] = ids;
if (!firstId || !feeId) throw new RangeError('The session lacks an action.');

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  storage = await openStorage();
  states.clear();
});

afterEach(() => storage.close());

const chainState = () => createChainState({ chains, grants: storage.grants });
const finder = () =>
  createGrantFinder({
    grants: storage.grants,
    reservations: createReservations(storage.ledger),
    chainState: chainState(),
    now: () => 2_000,
  });
const call = permission.session.actions[0];
const wanted = {
  origin: grant.origin,
  params: {
    instructions: [
      {
        chainId: 8453,
        calls: [
          { to: call?.actionTarget ?? '0x', value: 0n, data: call?.actionTargetSelector ?? ('0x' as const) },
        ],
      },
    ],
  },
};

describe('what a chain lacks', () => {
  it.each([
    [{ ...on, code: false, module: false, enabled: false }, 'accountNotDeployed'],
    [{ ...on, module: false, enabled: false }, 'moduleMissing'],
    [{ ...on, enabled: false }, 'permissionNotEnabled'],
    [on, undefined],
  ] as const)('is named: %o', async (state, missing) => {
    states.set(8453, state);
    expect(await chainState().missing(grant, 8453)).toBe(missing);
  });

  it('is told action by action, what was revoked here included', async () => {
    states.set(8453, { ...on, actions: [feeId] });
    expect(await chainState().read(grant, permission)).toMatchObject({
      enabled: true,
      onChain: [false, true],
      states: ['notEnabled', 'enabled'],
    });
    states.set(8453, { ...on, actions: [firstId, feeId] });
    const revoked = { ...permission, states: ['revoked', 'enabled'] as const };
    expect(await chainState().read(grant, revoked)).toMatchObject({
      onChain: [true, true],
      states: ['revoked', 'enabled'],
    });
  });
});

describe('a grant that is on its way', () => {
  it('is used where the chain holds it already, and refused with the state where not', async () => {
    await storage.grants.put({ ...grant, state: 'enabling' });
    states.set(8453, { ...on, enabled: false });
    await expect(finder().find(wanted)).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'PERMISSION_NOT_ENABLED', details: { chainId: 8453, state: 'permissionNotEnabled' } },
    });
    states.set(8453, { ...on, actions: ids });
    expect(await finder().find(wanted)).toMatchObject({ grantId: grant.grantId });
  });

  it('on some of its chains is used there alone, until the others have it', async () => {
    const elsewhere = { ...permission, chainId: 10, feeBudgetIndex: null };
    await storage.grants.put({ ...grant, state: 'enabling', permissions: [permission, elsewhere] });
    states.set(8453, { ...on, actions: ids });
    states.set(10, { ...on, enabled: false });
    const [home] = wanted.params.instructions;
    if (!home) throw new RangeError('There is no instruction.');
    const both = { ...wanted, params: { instructions: [home, { ...home, chainId: 10 }] } };
    expect(await finder().find(wanted)).toMatchObject({ grantId: grant.grantId });
    await expect(finder().find(both)).rejects.toMatchObject({
      data: { reason: 'PERMISSION_NOT_ENABLED', details: { chainId: 10 } },
    });
    states.set(10, { ...on, actions: ids });
    expect(await finder().find(both)).toMatchObject({ grantId: grant.grantId });
  });

  it('of which an action is missing is looked at again before it is refused', async () => {
    await storage.grants.put({
      ...grant,
      permissions: [{ ...permission, states: ['notEnabled', 'enabled'] }],
    });
    states.set(8453, { ...on, actions: [feeId] });
    await expect(finder().find(wanted)).rejects.toMatchObject({ data: { reason: 'ACTION_NOT_ENABLED' } });
    states.set(8453, { ...on, actions: ids });
    const found = await finder().find(wanted);
    expect(found.permissions[0]).not.toHaveProperty('states');
    expect((await storage.grants.get(grant.grantId))?.permissions[0]).not.toHaveProperty('states');
  });
});

describe('the grant of a use', () => {
  const usage = (grantId: string, limit: bigint) => ({ ...grant, grantId, createdAt: Number(limit) });

  it('is the newest whose scope fits, or the one that is named', async () => {
    const { feeToken: _none, ...sponsored } = usage('sponsored', 2n);
    await storage.grants.put(usage('paid', 1n));
    await storage.grants.put(sponsored);
    expect((await finder().find(wanted)).grantId).toBe('paid');
    const free = { ...wanted, params: { ...wanted.params, sponsorship: true } };
    expect((await finder().find(free)).grantId).toBe('sponsored');
    const named = { ...free, params: { ...free.params, grantId: 'paid' } };
    expect((await finder().find(named)).grantId).toBe('paid');
    const { permissionId } = permission;
    const details = [{ permissionId: permissionId.toLowerCase() as Hex, chainId: 8453 }];
    const byPermission = { ...wanted, params: { ...wanted.params, sessionDetails: details } };
    expect((await finder().find(byPermission)).grantId).toBe('paid');
  });

  it.each([
    [{ grantId: 'nobody' }, 'UNKNOWN_GRANT'],
    [{ sessionDetails: [{ permissionId: '0x12' as Hex, chainId: 8453 }] }, 'UNKNOWN_GRANT'],
    [{ delegate: true }, 'GRANT_NOT_DELEGATED'],
    [{ feeToken: { address: grant.account, chainId: 8453 } }, 'FEE_TOKEN_NOT_GRANTED'],
    [{ instructions: [{ chainId: 5, calls: [] }] }, 'CHAIN_NOT_GRANTED'],
  ])('is refused for %o', async (change, reason) => {
    await storage.grants.put(grant);
    const params = { ...wanted.params, ...change };
    await expect(finder().find({ ...wanted, params })).rejects.toMatchObject({ data: { reason } });
    await expect(finder().find({ origin: 'https://other.example', params })).rejects.toMatchObject({
      data: { reason: 'UNKNOWN_GRANT' },
    });
  });
});
