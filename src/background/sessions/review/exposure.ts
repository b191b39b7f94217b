import { type Address, zeroAddress } from 'viem';
import type { Bound } from '../../../protocol/scope/bound';
import { type AssetExposure, exposure } from '../../../protocol/scope/exposure';
import type { Grant } from '../../../protocol/scope/grant';
import type { Ledger } from '../../../protocol/scope/ledger';
import type { ReviewedExposure } from '../../../rpc/popup/reviewParts';
import type { ViewContext } from '../view';

type Judged = { grant: Grant; ledger?: Ledger };

const amountOf = (bound: Bound): bigint | null => (bound === 'unlimited' ? null : bound);

/** The contract that an exposure is shown under: the token, nothing for native coin, else the contract that is called. */
const tokenOf = ({ asset, steps }: AssetExposure): Address => {
  if (asset === 'native') return zeroAddress;
  return asset === 'anyToken' ? (steps[0]?.target ?? zeroAddress) : asset;
};

/**
 * The most that permissions can move from now on, token by token, with where it comes from.
 * @param time unix seconds
 */
export const reviewExposure = (
  judged: readonly Judged[],
  time: number,
  { tokens, chainName }: Pick<ViewContext, 'tokens' | 'chainName'>,
): readonly ReviewedExposure[] =>
  judged.flatMap(({ grant, ledger }) => {
    const { chainId } = grant;
    const { assets } = exposure({ grant, time, ...(ledger === undefined ? {} : { ledger }) });
    return assets.map((one) => {
      const token = tokenOf(one);
      return {
        chainId,
        chainName: chainName(chainId),
        token,
        ...tokens.of(chainId, token),
        amount: amountOf(one.most),
        parts: one.steps.map(({ sentence, most }) => ({ text: sentence.text, amount: amountOf(most) })),
      };
    });
  });
