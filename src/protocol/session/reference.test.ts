import {
  buildActionPolicy,
  buildSessionAction,
  getPermissionId,
  SmartSessionAbi,
} from '@biconomy/abstractjs';
import fc, { type Arbitrary } from 'fast-check';
import { type Address, encodeFunctionData, getAddress, numberToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import type { SessionAction } from '../actions/action';
import { buildApproveAction } from '../actions/approve';
import { buildTransferAction } from '../actions/transfer';
import { buildTransferFromAction } from '../actions/transferFrom';
import type { Policy, UniversalPolicy, UniversalRule } from '../policies/policy';
import { encodePolicy } from '../policies/registry';
import { toWord } from '../word';
import { encodeEnableSessions } from './enable';
import { permissionId } from './permission';
import { buildSession } from './session';

const runs = { numRuns: 300 };
const word = fc.bigInt(1n, 2n ** 256n - 2n);
const time = fc.integer({ min: 1, max: 90_000_000_000 });
const address: Arbitrary<Address> = fc
  .bigInt(2n ** 100n, 2n ** 160n - 1n)
  .map((value) => getAddress(numberToHex(value, { size: 20 })));
const condition = fc.constantFrom(
  'equal',
  'greaterThan',
  'lessThan',
  'greaterThanOrEqual',
  'lessThanOrEqual',
  'notEqual',
);
type ReferenceRule = UniversalRule & { condition: Exclude<UniversalRule['condition'], 'inRange'> };
const rule: Arbitrary<ReferenceRule> = fc
  .record({ condition, index: fc.bigInt(0n, 40n), reference: word, isLimited: fc.boolean(), limit: word })
  .map(({ condition: chosen, index, reference, isLimited, limit }) => ({
    condition: chosen,
    calldataOffset: index * 32n,
    comparisonValue: toWord(reference),
    isLimited,
    usage: { limit: isLimited ? limit : 0n, used: 0n },
  }));
const rules = fc.uniqueArray(rule, {
  minLength: 1,
  maxLength: 16,
  selector: (one) => `${one.condition}${one.calldataOffset}`,
});

/** Hex in one letter case; the reference adds the policy address a second time. */
const bytesOf = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (key === 'address' ? undefined : member)).toLowerCase(),
  );

describe('the reference client makes the same bytes for', () => {
  it('universal policies', () => {
    fc.assert(
      fc.property(rules, word, (list, valueLimitPerUse) => {
        const ours: UniversalPolicy = { type: 'universal', rules: list, valueLimitPerUse };
        const theirs = buildActionPolicy({ type: 'universal', rules: list, valueLimitPerUse });
        expect(bytesOf(encodePolicy(ours))).toEqual(bytesOf(theirs));
      }),
      runs,
    );
  });

  it('the other policies', () => {
    const other = fc.oneof(
      fc.record({ type: fc.constant('timeframe' as const), validAfter: fc.constant(0), validUntil: time }),
      fc.record({ type: fc.constant('timeframe' as const), validAfter: time, validUntil: fc.constant(0) }),
      fc.record({ type: fc.constant('usageLimit' as const), limit: fc.bigInt(1n, 2n ** 128n - 1n) }),
      fc.record({
        type: fc.constant('spendingLimits' as const),
        tokenLimits: fc.uniqueArray(fc.record({ token: address, limit: word }), {
          minLength: 1,
          maxLength: 5,
          selector: ({ token }) => token,
        }),
      }),
      fc.record({ type: fc.constant('sudo' as const) }),
    );
    fc.assert(
      fc.property(other, (policy) => {
        const ours: Policy = policy;
        expect(bytesOf(encodePolicy(ours))).toEqual(bytesOf(buildActionPolicy(policy)));
      }),
      runs,
    );
  });

  const options = fc.record({
    chainIds: fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 3 }),
    contractAddress: address,
    maxAmountLimit: word,
    amountLimitPerAction: word,
    usageLimit: fc.bigInt(1n, 2n ** 128n - 1n),
    recipientAddress: address,
    validAfter: time,
  });
  it.each([
    ['transfer', buildTransferAction],
    ['transferFrom', buildTransferFromAction],
    ['approve', buildApproveAction],
  ] as const)('%s actions with any of their options', (type, build) => {
    const optional = [
      'maxAmountLimit',
      'amountLimitPerAction',
      'usageLimit',
      'recipientAddress',
      'validAfter',
    ] as const;
    fc.assert(
      fc.property(options, fc.subarray([...optional], { minLength: 1 }), (all, kept) => {
        const chosen = new Set<string>(['chainIds', 'contractAddress', ...kept]);
        const data = Object.fromEntries(Object.entries(all).filter(([key]) => chosen.has(key)));
        const given = { chainIds: all.chainIds, contractAddress: all.contractAddress, ...data };
        const ours: SessionAction[] = build(given);
        expect(bytesOf(ours)).toEqual(bytesOf(buildSessionAction({ type, data: given })));
      }),
      runs,
    );
  });

  it('permission ids and the enabling call', () => {
    fc.assert(
      fc.property(address, address, rules, fc.bigInt(0n, 2n ** 256n - 1n), (redeemer, token, list, salt) => {
        const actions = [
          {
            actionTarget: token,
            actionTargetSelector: '0xe5071b8e',
            actionPolicies: [encodePolicy({ type: 'universal', rules: list, valueLimitPerUse: 0n })],
          },
        ] as const;
        const session = buildSession({ redeemer, actions, salt: toWord(salt), version: '2.1.0' });
        const theirs = {
          ...session,
          userOpPolicies: [...session.userOpPolicies],
          erc7739Policies: { allowedERC7739Content: [], erc1271Policies: [] },
          actions: [{ ...actions[0], actionPolicies: [...actions[0].actionPolicies] }],
          chainId: 1n,
        };
        expect(permissionId(session)).toBe(getPermissionId({ session: theirs }));
        expect(encodeEnableSessions([session])).toBe(
          encodeFunctionData({ abi: SmartSessionAbi, functionName: 'enableSessions', args: [[theirs]] }),
        );
      }),
      runs,
    );
  });
});
