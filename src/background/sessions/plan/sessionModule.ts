import type { Address } from 'viem';
import { sameAddress } from '../../../protocol/address';
import { smartSessionAddress } from '../../../protocol/constants/addresses';
import type { Chain } from '../../chain/chains';
import { invalidParams } from '../../errors/rpcErrors';

const unknownModule = (module: Address, chainId: number) =>
  invalidParams({
    reason: 'SESSION_MODULE_UNKNOWN',
    message: `On chain ${chainId} the contract ${module} is not the SmartSession module.`,
    action: 'Leave smartSessionValidatorAddress out, or name a deployment with the same code.',
    details: { module, chainId },
  });

/**
 * The session module of a request. Whoever is installed as a validator holds the account, so another address is taken
 * only where it has exactly the code of the canonical deployment.
 * @throws RpcError -32602 SESSION_MODULE_UNKNOWN
 */
export const findSessionModule = async (
  asked: Address | undefined,
  chains: readonly Chain[],
): Promise<Address> => {
  if (asked === undefined || sameAddress(asked, smartSessionAddress)) return smartSessionAddress;
  await Promise.all(
    chains.map(async (chain) => {
      const [own, canonical] = await Promise.all([chain.code(asked), chain.code(smartSessionAddress)]);
      if (own === '0x' || own !== canonical) throw unknownModule(asked, chain.network.chainId);
    }),
  );
  return asked;
};
