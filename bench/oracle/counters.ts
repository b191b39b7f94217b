import { type Address, decodeFunctionResult, encodeFunctionData, type Hex, parseAbi } from 'viem';
import { policyAbi } from '../../devnet/contracts/testKit/abis';
import { policyAddresses, smartSessionAddress } from '../../src/protocol/constants/addresses';
import type { Policy } from '../../src/protocol/policies/policy';
import type { Grant } from '../../src/protocol/scope/grant';
import { preparedActions } from '../../src/protocol/scope/preparedSession';
import { configId, permissionId } from '../../src/protocol/session/permission';

/** One read of a policy contract, and what it says in the words of the ledger. */
export type CounterRead = {
  to: Address;
  data: Hex;
  toLedger: (result: Hex) => readonly (readonly [key: string, amount: bigint])[];
};

type Place = readonly [id: Hex, multiplexer: Address, account: Address];

const pairAbi = parseAbi([
  'function getPolicyData(bytes32 id, address multiplexer, address token, address account) view returns (uint256 limit, uint256 spent, uint256 approved)',
]);

/** Reads of every counter that the policies of a grant keep. */
export function counterReads({ account, session }: Grant): readonly CounterRead[] {
  const permission = permissionId(session);
  return [...preparedActions(session).values()].flatMap(({ id, policies }) =>
    policies.flatMap(({ policy, keyOf }) =>
      policy === null
        ? []
        : readsOf(policy, [configId(account, permission, id), smartSessionAddress, account], keyOf),
    ),
  );
}

function readsOf(policy: Policy, place: Place, keyOf: (counter: string) => string): readonly CounterRead[] {
  switch (policy.type) {
    case 'usageLimit':
    case 'valueLimit':
      return [
        {
          to: policyAddresses[policy.type],
          data: encodeFunctionData({ abi: policyAbi, functionName: 'getUsed', args: place }),
          toLedger: (data) => [
            [keyOf(''), decodeFunctionResult({ abi: policyAbi, functionName: 'getUsed', data })],
          ],
        },
      ];
    case 'spendingLimits':
      return [...new Set(policy.tokenLimits.map(({ token }) => token))].map((token) =>
        spentOf(token, place, keyOf),
      );
    case 'universal':
      return [
        {
          to: policyAddresses.universal,
          data: encodeFunctionData({ abi: policyAbi, functionName: 'actionConfigs', args: place }),
          toLedger: (data) => {
            const [, { rules }] = decodeFunctionResult({
              abi: policyAbi,
              functionName: 'actionConfigs',
              data,
            });
            return policy.rules.flatMap(({ isLimited }, index) =>
              isLimited ? [[keyOf(String(index)), rules[index]?.usage.used ?? 0n] as const] : [],
            );
          },
        },
      ];
    default:
      return [];
  }
}

function spentOf(
  token: Address,
  [id, multiplexer, account]: Place,
  keyOf: (counter: string) => string,
): CounterRead {
  return {
    to: policyAddresses.spendingLimits,
    data: encodeFunctionData({
      abi: pairAbi,
      functionName: 'getPolicyData',
      args: [id, multiplexer, token, account],
    }),
    toLedger: (data) => {
      const [, spent, approved] = decodeFunctionResult({ abi: pairAbi, functionName: 'getPolicyData', data });
      return [[keyOf(token.toLowerCase()), spent + approved]];
    },
  };
}
