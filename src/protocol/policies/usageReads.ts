import { type Address, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { policyReadsAbi } from '../constants/abis';
import { policyAddresses, smartSessionAddress } from '../constants/addresses';
import { type ContractRead, contractRead } from '../contractRead';
import type { Policy } from './policy';

/** What a policy contract has counted. `counter` is the name that `checkPolicy` uses for it. */
export type PolicyUsage = { counter: string; limit: bigint; used: bigint; remaining: bigint };

/** Where a policy keeps its state: the configuration id (`configId`), the account, and the SmartSession deployment. */
export type PolicyState = { configId: Hex; account: Address; smartSession?: Address };

/**
 * The reads that tell how much of a policy is used. Each answers with the counters it covers; a policy that counts
 * nothing has none. Counted limits of the contract are returned as they are enforced, whatever was asked for.
 */
export function policyUsageReads(
  policy: Policy,
  state: PolicyState,
): readonly ContractRead<readonly PolicyUsage[]>[] {
  switch (policy.type) {
    case 'usageLimit':
      return [usedRead('usageLimit', policy.limit, state)];
    case 'valueLimit':
      return [usedRead('valueLimit', policy.limit, state)];
    case 'spendingLimits':
      return policy.tokenLimits.map(({ token }) => spendingRead(token, state));
    case 'universal':
      return policy.rules.some(({ isLimited }) => isLimited) ? [rulesRead(state)] : [];
    default:
      return [];
  }
}

/** `getUsed` of the usage limit (calls) and of the value limit (wei). */
function usedRead(
  policy: 'usageLimit' | 'valueLimit',
  limit: bigint,
  state: PolicyState,
): ContractRead<readonly PolicyUsage[]> {
  const call = { abi: policyReadsAbi, functionName: 'getUsed' } as const;
  const data = encodeFunctionData({ ...call, args: placeOf(state) });
  return contractRead(policyAddresses[policy], data, (answer) => [
    usageOf('', limit, decodeFunctionResult({ ...call, data: answer })),
  ]);
}

/** `getPolicyData`: what was moved and what was approved count together, and approvals are never given back. */
function spendingRead(token: Address, state: PolicyState): ContractRead<readonly PolicyUsage[]> {
  const { configId, account, smartSession = smartSessionAddress } = state;
  const call = { abi: policyReadsAbi, functionName: 'getPolicyData' } as const;
  const data = encodeFunctionData({ ...call, args: [configId, smartSession, token, account] });
  return contractRead(policyAddresses.spendingLimits, data, (answer) => {
    const [limit, spent, approved] = decodeFunctionResult({ ...call, data: answer });
    return [usageOf(token.toLowerCase(), limit, spent + approved)];
  });
}

/** `actionConfigs`: the rules with what each has counted. */
function rulesRead(state: PolicyState): ContractRead<readonly PolicyUsage[]> {
  const call = { abi: policyReadsAbi, functionName: 'actionConfigs' } as const;
  const data = encodeFunctionData({ ...call, args: placeOf(state) });
  return contractRead(policyAddresses.universal, data, (answer) => {
    const [, { length, rules }] = decodeFunctionResult({ ...call, data: answer });
    return rules
      .slice(0, Number(length))
      .flatMap(({ isLimited, usage }, index) =>
        isLimited ? [usageOf(String(index), usage.limit, usage.used)] : [],
      );
  });
}

function placeOf({ configId, account, smartSession = smartSessionAddress }: PolicyState) {
  return [configId, smartSession, account] as const;
}

function usageOf(counter: string, limit: bigint, used: bigint): PolicyUsage {
  return { counter, limit, used, remaining: limit > used ? limit - used : 0n };
}
