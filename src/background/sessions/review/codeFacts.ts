import type { Address } from 'viem';
import { addressesToRead, type ChainFacts, type CodeAt } from '../../../protocol/scope/chainFacts';
import { preparedActions } from '../../../protocol/scope/preparedSession';
import type { PlannedPermission } from '../../../storage/records';
import type { Chains } from '../../chain/chains';

/** What stands at the addresses of permissions, chain by chain. */
export type CodeBook = { on(chainId: number): ChainFacts };

const delegationPrefix = '0xef0100';

const kindOf = (code: string): CodeAt => {
  if (code === '0x') return 'none';
  return code.startsWith(delegationPrefix) ? 'delegated' : 'contract';
};

/** Reads what stands at the targets of permissions and at the spenders that they fix. A chain that fails leaves a blank. */
export const readCodeFacts = async (
  chains: Chains,
  permissions: readonly PlannedPermission[],
): Promise<CodeBook> => {
  const found = new Map<string, CodeAt>();
  const keyOf = (chainId: number, address: Address) => `${chainId} ${address.toLowerCase()}`;
  await Promise.all(
    permissions.map(async ({ chainId, session }) => {
      const chain = await chains.on(chainId);
      const addresses = [...preparedActions(session).values()].flatMap(addressesToRead);
      await Promise.all(
        addresses.map(async (address) => {
          const code = await chain.code(address).catch(() => undefined);
          if (code !== undefined) found.set(keyOf(chainId, address), kindOf(code));
        }),
      );
    }),
  );
  return { on: (chainId) => ({ codeAt: (address) => found.get(keyOf(chainId, address)) ?? 'unread' }) };
};
