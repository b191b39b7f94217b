import { RpcError } from '../../rpc/errors';
import type { Chains } from '../chain/chains';
import type { ChainState } from '../sessions/chainState';
import { locked, notOnChain } from '../sessions/denials';
import { chainsOfUse, type GrantFinder } from '../sessions/grants';
import type { NetworkTime } from '../sessions/networkTime';
import type { Handler } from './handler';

/**
 * `latchkey_checkCalls`: what `latchkey_use` would say of calls now, short of the node's fee. Signs, reserves and sends
 * nothing.
 */
export const createCheckCalls = (parts: {
  chains: Chains;
  finder: GrantFinder;
  chainState: Pick<ChainState, 'missing'>;
  time: NetworkTime;
  isUnlocked: () => Promise<boolean>;
}): Handler<'latchkey_checkCalls'> => {
  const { chains, finder, chainState, time } = parts;

  return async ([params], origin) => {
    try {
      if (!(await parts.isUnlocked())) throw locked();
      for (const { chainId } of params.instructions) await chains.on(chainId);
      await finder.assertAny(origin);
      await time.sync(params.instructions.map(({ chainId }) => chainId));
      const grant = await finder.find({ origin, params });
      for (const chainId of chainsOfUse(grant, params)) {
        const missing = await chainState.missing(grant, chainId);
        if (missing !== undefined) throw notOnChain(chainId, missing);
      }
      return { allowed: true, grantId: grant.grantId };
    } catch (error) {
      if (!(error instanceof RpcError) || error.data.reason === 'RPC_UNREACHABLE') throw error;
      return { allowed: false, error: error.toJSON() };
    }
  };
};
