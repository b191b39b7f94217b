import type { PrepareParams } from '../../../rpc/dapp/prepareParams';
import type { PrepareReview } from '../../../rpc/popup/review';
import type { PreparePlan } from '../../../storage/records';
import { scopeOf } from '../grantScope';
import type { Compared } from '../subset';
import type { TokenBook } from '../tokenBook';
import { reviewPermission } from '../view';
import { reviewChanges } from './changes';
import { clockDangers } from './clock';
import type { CodeBook } from './codeFacts';
import { reviewExposure } from './exposure';
import {
  amountOf,
  fundingDangers,
  reviewCleanUps,
  reviewDelegations,
  reviewFee,
  reviewSponsor,
  reviewTrigger,
} from './funding';
import { reviewChains, reviewInstructions } from './operations';

export type ReviewInput = {
  id: string;
  origin: string;
  createdAt: number;
  expiresAt: number;
  plan: PreparePlan;
  params: PrepareParams;
  tokens: TokenBook;
  code: CodeBook;
  /** The nearest grant that the origin holds already. */
  nearest: Compared | undefined;
  /** Unix seconds. */
  time: number;
  /** Seconds by which the chains are ahead of the device's clock. */
  skew: number;
  chainName: (chainId: number) => string;
};

/** Everything that a person is shown of a PREPARE, before its digest; read from what will be signed. */
export const reviewPrepare = (input: ReviewInput): Omit<PrepareReview, 'digest'> => {
  const { id, origin, createdAt, expiresAt, plan, params, tokens, code, nearest, time, skew, chainName } =
    input;
  const { account, feeToken, feeBudget } = plan;
  const context = { account, tokens, chainName, code };
  const trigger = reviewTrigger(plan, context);
  const sponsor = reviewSponsor(plan);
  const fee = reviewFee(plan, tokens);
  const changes = plan.permissions.length === 0 ? undefined : reviewChanges(nearest, chainName);
  const { lowerBoundTimestamp: lower, upperBoundTimestamp: upper } = params;
  return {
    ...{ id, kind: 'prepare', origin, createdAt, expiresAt, account },
    quoteType: plan.quoteType,
    permissions: plan.permissions.map((permission) => reviewPermission(permission, context)),
    chains: reviewChains(plan, chainName),
    instructions: reviewInstructions(plan, context),
    cleanUps: reviewCleanUps(plan, context),
    delegations: reviewDelegations(plan, context),
    ...(trigger === undefined ? {} : { trigger }),
    ...(sponsor === undefined ? {} : { sponsor }),
    ...(fee === undefined ? {} : { fee }),
    ...(feeToken === undefined || feeBudget === 0n
      ? {}
      : { feeBudget: amountOf(feeToken, feeBudget, tokens) }),
    bounds: {
      ...(lower === undefined ? {} : { lower }),
      ...(upper === undefined ? {} : { upper }),
    },
    batched: params.enableSession?.batchActions ?? true,
    dangers: [...fundingDangers(plan), ...clockDangers(skew)],
    exposure: reviewExposure(
      plan.permissions.map((permission) => ({ grant: scopeOf(plan, permission) })),
      time,
      context,
    ),
    ...(changes === undefined ? {} : { changes }),
  };
};
