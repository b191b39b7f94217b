import { parseAbiItem } from 'viem';
import { describe, expect, it } from 'vitest';
import { policyAddresses } from '../protocol/constants/addresses';
import { buildActionPolicy, buildSessionAction, calldataArgument } from './builders';
import { LatchkeyError } from './latchkeyError';

const counter = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const increment = '0x5b34b966';
const usageLimit = { type: 'usageLimit', limit: 3n } as const;
const custom = { chainIds: [8453, 10], contractAddress: counter, policies: [usageLimit] };

const thrownBy = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('buildSessionAction', () => {
  it.each([
    ['signature', 'incrementCounter()'],
    ['human-readable item', 'function incrementCounter() external returns (uint256)'],
    ['ABI item', parseAbiItem('function incrementCounter()')],
  ])('takes a %s and tells the companion its canonical form', (_name, functionSignature) => {
    const sessions = buildSessionAction({ type: 'custom', data: { ...custom, functionSignature } });
    const action = {
      actionTarget: counter,
      actionTargetSelector: increment,
      actionPolicies: [{ policy: policyAddresses.usageLimit, initData: `0x${'3'.padStart(32, '0')}` }],
      signature: 'incrementCounter()',
    };
    expect(sessions).toEqual([
      { chainId: 8453, actions: [action] },
      { chainId: 10, actions: [action] },
    ]);
  });

  it('makes the signature canonical', () => {
    const data = { ...custom, functionSignature: 'transfer(address to, uint amount)' };
    const [session] = buildSessionAction({ type: 'custom', data });
    expect(session?.actions).toMatchObject([
      { signature: 'transfer(address,uint256)', actionTargetSelector: '0xa9059cbb' },
    ]);
  });

  it('claims nothing about a bare selector', () => {
    const [session] = buildSessionAction({
      type: 'custom',
      data: { ...custom, functionSignature: increment },
    });
    expect(session?.actions[0]).not.toHaveProperty('signature');
  });

  it('takes encoded policies and plain ones alike', () => {
    const data = { ...custom, functionSignature: increment };
    const plain = buildSessionAction({ type: 'custom', data });
    const policies = [buildActionPolicy(usageLimit)];
    const encoded = buildSessionAction({ type: 'custom', data: { ...data, policies } });
    expect(encoded).toEqual(plain);
  });

  it('keeps the signatures in a batch', () => {
    const [first] = buildSessionAction({
      type: 'custom',
      data: { ...custom, chainIds: [10], functionSignature: 'incrementCounter()' },
    });
    const [second] = buildSessionAction({
      type: 'transfer',
      data: { chainIds: [10], contractAddress: counter, usageLimit: 1n },
    });
    if (!first || !second) throw new TypeError('nothing was built');
    const batch = buildSessionAction({ type: 'batch', data: { actions: [first, second] } });
    expect(batch).toEqual([{ chainId: 10, actions: [...first.actions, ...second.actions] }]);
  });

  it.each(['transfer', 'approve'] as const)(
    'leaves the start of a %s open when only its end is named',
    (type) => {
      const data = { chainIds: [10], contractAddress: counter, validUntil: 2_000_000_000 };
      const [session] = buildSessionAction({ type, data });
      expect(session?.actions[0]?.actionPolicies).toEqual([
        buildActionPolicy({ type: 'timeframe', validAfter: 0, validUntil: 2_000_000_000 }),
      ]);
      const started = buildSessionAction({ type, data: { ...data, validAfter: 1_900_000_000 } });
      expect(started[0]?.actions[0]?.actionPolicies).toEqual([
        buildActionPolicy({ type: 'timeframe', validAfter: 1_900_000_000, validUntil: 2_000_000_000 }),
      ]);
    },
  );

  it('refuses an action without limits with a reason and a way out', () => {
    const error = thrownBy(() =>
      buildSessionAction({ type: 'custom', data: { ...custom, functionSignature: increment, policies: [] } }),
    );
    expect(error).toBeInstanceOf(LatchkeyError);
    expect(error).toMatchObject({ code: -32602, reason: expect.any(String), action: expect.any(String) });
  });

  it('refuses an address with a wrong checksum', () => {
    const contractAddress = counter.replace('F', 'f');
    const data = { ...custom, contractAddress, functionSignature: increment };
    expect(thrownBy(() => buildSessionAction({ type: 'custom', data }))).toMatchObject({
      code: -32602,
      reason: 'INVALID_ADDRESS',
    });
  });
});

describe('buildActionPolicy', () => {
  it('refuses what the contract would refuse', () => {
    expect(thrownBy(() => buildActionPolicy({ type: 'usageLimit', limit: 0n }))).toBeInstanceOf(
      LatchkeyError,
    );
  });
});

describe('calldataArgument', () => {
  it('counts in words from the first argument', () => {
    expect([calldataArgument(1), calldataArgument(2)]).toEqual([0n, 32n]);
    expect(thrownBy(() => calldataArgument(0))).toMatchObject({ reason: 'ARGUMENT_POSITION' });
  });
});
