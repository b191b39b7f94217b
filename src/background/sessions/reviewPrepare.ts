import type { PrepareReview, TokenAmount } from '../../rpc/popup/procedures';
import type { PreparePlan } from '../../storage/records';
import type { TokenBook } from './tokenBook';
import { reviewPermission } from './view';

/** Everything that a person is shown of a PREPARE, before its digest. */
export const reviewPrepare = (parts: {
  id: string;
  origin: string;
  createdAt: number;
  expiresAt: number;
  plan: PreparePlan;
  tokens: TokenBook;
  /** Chain ids to names for people. */
  names: ReadonlyMap<number, string>;
}): Omit<PrepareReview, 'digest'> => {
  const { id, origin, createdAt, expiresAt, plan, tokens, names } = parts;
  const { account, feeToken } = plan;
  const chainName = (chainId: number) => names.get(chainId) ?? `Chain ${chainId}`;
  const amountOf = (amount: bigint): TokenAmount => ({
    token: feeToken.address,
    chainId: feeToken.chainId,
    amount,
    ...tokens.of(feeToken.chainId, feeToken.address),
  });
  return {
    id,
    kind: 'prepare',
    origin,
    createdAt,
    expiresAt,
    account,
    permissions: plan.permissions.map((permission) =>
      reviewPermission(permission, { account, tokens, chainName }),
    ),
    fee: { estimate: amountOf(plan.feeEstimate), max: amountOf(plan.feeMax) },
    feeBudget: amountOf(plan.feeBudget),
  };
};
