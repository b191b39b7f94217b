import type { Address } from 'viem';
import type { PrepareParams } from '../../../rpc/dapp/prepareParams';
import { unavailable } from '../../errors/rpcErrors';
import type { TokenBook } from '../tokenBook';
import { type PlannedBudget, payeeOf } from './permissions';

/** Whole units of the fee token that later fees may take when the dapp names no budget. */
const defaultBudgetUnits = 5n;

const amountOf = ({ enableSession, feeToken }: PrepareParams, tokens: TokenBook): bigint => {
  if (enableSession?.maxPaymentAmount !== undefined) return enableSession.maxPaymentAmount;
  const decimals = feeToken && tokens.of(feeToken.chainId, feeToken.address)?.decimals;
  if (decimals !== undefined) return defaultBudgetUnits * 10n ** BigInt(decimals);
  throw unavailable({
    reason: 'FEE_TOKEN_UNREADABLE',
    message: "The fee token doesn't say how many decimals it has, so no default fee budget can be made.",
    action: 'Check the address of the fee token and its chain, or give a maxPaymentAmount.',
    details: { ...feeToken },
  });
};

/**
 * What later fees may take; undefined when they are sponsored because the request names no fee token.
 * @param nodeAddress the only receiver of fees in a chain's own coin
 */
export const budgetOf = async (
  params: PrepareParams,
  tokens: TokenBook,
  nodeAddress: () => Promise<Address>,
): Promise<PlannedBudget | undefined> => {
  const { feeToken } = params;
  if (feeToken === undefined) return undefined;
  const { address: token, chainId } = feeToken;
  const maxPaymentAmount = amountOf(params, tokens);
  return { token, chainId, maxPaymentAmount, ...payeeOf(token, await nodeAddress()) };
};
