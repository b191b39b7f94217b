import type { Hex } from 'viem';
import { accountInitCode } from '../../protocol/account/init';
import { meeVersions } from '../../protocol/constants/versions';
import type { Instruction } from '../../protocol/mee/instruction';
import { planSuperTransaction } from '../../protocol/mee/plan';
import type { Deployment } from '../../protocol/mee/quotePlan';
import type { QuoteRequest } from '../../protocol/mee/quoteRequest';
import type { SimulationOptions } from '../../protocol/mee/simulation';
import type { CleanUp } from '../../rpc/dapp/quoteOptions';
import type { OwnerPlan } from '../../storage/records';
import { internalError } from '../errors/rpcErrors';
import { triggerOf } from '../sessions/plan/instructions';
import type { Payment } from './payment';
import type { QuotePlan } from './quoter';

/** A plan without the fee that a quote tells. */
export type UnpricedPlan = Omit<OwnerPlan, 'feeEstimate' | 'feeMax'>;

type OwnerQuoteParts = Payment & {
  plan: UnpricedPlan;
  /** What the operations of the plan were made from. */
  instructions: readonly Instruction[];
  /** False: every instruction is an operation of its own. */
  batch: boolean;
  /** Unix seconds. */
  bounds: { lower: number; upper: number };
  /** The owner's signed EIP-7702 authorizations, by chain. */
  authorizations: ReadonlyMap<number, Deployment>;
  simulation: SimulationOptions;
};

const planChanged = (chainId: number) =>
  internalError({
    reason: 'PLAN_CHANGED',
    message: 'What would be signed is not what was reviewed.',
    action: 'Make a new request.',
    details: { chainId },
  });

/** Only the reviewed calldata is ever quoted; what is left over is sent behind it. */
const assertReviewed = ({ operations }: UnpricedPlan, request: QuoteRequest): QuoteRequest => {
  const sent = request.userOps.filter(({ isCleanUpUserOp }) => !isCleanUpUserOp);
  const changed = sent.find(({ callData, chainId }, index) => {
    const reviewed = operations[index];
    return reviewed?.callData !== callData || BigInt(reviewed.chainId) !== chainId;
  });
  if (changed || sent.length !== operations.length) throw planChanged(Number(changed?.chainId ?? 0));
  return request;
};

const deploymentsOf = (
  { chains, owner, version }: UnpricedPlan,
  authorizations: ReadonlyMap<number, Deployment>,
): ReadonlyMap<number, Deployment> => {
  const initCode: Hex = accountInitCode({ owner, version });
  const made = chains.filter(({ deploy }) => deploy === 'initCode');
  return new Map<number, Deployment>([
    ...made.map(({ chainId }): [number, Deployment] => [chainId, { initCode }]),
    ...authorizations,
  ]);
};

/** The protocol counts operations from 0, a request from 1 because the payment comes first. */
const cleanUpOf = ({ dependsOn, ...cleanUp }: CleanUp) => ({
  ...cleanUp,
  ...(dependsOn === undefined ? {} : { dependsOn: dependsOn.map((position) => position - 1) }),
});

/** The supertransaction of a plan that the owner signs. */
export const ownerQuote = (parts: OwnerQuoteParts): QuotePlan => {
  const { plan, instructions, batch, bounds, authorizations, simulation, payment, signingSponsor } = parts;
  const trigger = triggerOf(plan);
  const planned = planSuperTransaction({
    mode: 'PREPARE',
    account: plan.account,
    owner: plan.owner,
    version: plan.version,
    instructions,
    batch,
    cleanUps: plan.cleanUps.map(cleanUpOf),
    payment,
    deployments: deploymentsOf(plan, authorizations),
    bounds,
    simulation,
    ...(trigger === undefined ? {} : { trigger }),
  });
  return {
    chainIds: planned.chainIds,
    build: (nonces) => assertReviewed(plan, planned.build(nonces)),
    account: plan.account,
    validator: meeVersions[plan.version].defaultValidatorAddress,
    ...(signingSponsor === undefined ? {} : { signingSponsor }),
  };
};
