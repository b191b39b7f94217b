import type { Instruction } from '../../protocol/mee/instruction';
import type { VerifiedQuote } from '../../protocol/mee/verify';
import type { OwnerPlan, Submission } from '../../storage/records';
import type { Chains } from '../chain/chains';
import type { MeeNode } from '../mee/node';
import type { Authorizer } from './authorizations';
import { ownerQuote, type UnpricedPlan } from './ownerQuote';
import type { OwnerSignature } from './ownerSignature';
import { type PaymentPlanner, simulationOf } from './payment';
import type { Quoter } from './quoter';
import { chainUnsupported, feeChainUnsupported, feeChanged } from './refusals';

/** The most that may be signed: a quarter above the estimate, rounded up. */
const feeMaxOf = (estimate: bigint): bigint => estimate + (estimate + 3n) / 4n;

/** What a plan is made of, besides itself. */
export type PlanBody = {
  instructions: readonly Instruction[];
  batch: boolean;
  /** Unix seconds. */
  bounds: { lower: number; upper: number };
};

type Parts = {
  quote: Quoter;
  node: Pick<MeeNode, 'info'>;
  chains: Chains;
  payment: PaymentPlanner;
  authorize: Authorizer;
  signQuote: OwnerSignature;
};

/** What a plan that the owner signs needs from node, owner and chain. */
export const createOwnerExecutor = ({ quote, node, chains, payment, authorize, signQuote }: Parts) => {
  const quoted = async (
    plan: UnpricedPlan,
    body: PlanBody,
    options: Pick<Parameters<typeof ownerQuote>[0], 'authorizations' | 'simulation'>,
  ): Promise<VerifiedQuote> => quote(ownerQuote({ plan, ...body, ...options, ...(await payment(plan)) }));

  return {
    /** Throws when the node doesn't serve the chains of a request. */
    assertServed: async (chainIds: readonly number[], feeChainId: number | undefined): Promise<void> => {
      const info = await node.info();
      const served = new Set(info.supportedChains.map((chain) => Number(chain.chainId)));
      const missing = chainIds.find((chainId) => !served.has(chainId));
      if (missing !== undefined) throw chainUnsupported(missing);
      if (feeChainId === undefined) return;
      if (!info.supportedGasTokens.some((chain) => Number(chain.chainId) === feeChainId)) {
        throw feeChainUnsupported(feeChainId);
      }
    },
    /**
     * What the node asks now, and the most that may be signed. Base units of the fee token. An authorization isn't there
     * before the approval, so a plan that needs one is estimated without simulation. A sponsor of the site's own takes no
     * fee, and nothing is sent to its address before the person has seen it.
     */
    estimate: async (
      plan: UnpricedPlan,
      body: PlanBody,
    ): Promise<Pick<OwnerPlan, 'feeEstimate' | 'feeMax'>> => {
      if (plan.sponsorship?.kind === 'own') return { feeEstimate: 0n, feeMax: 0n };
      const delegates = plan.chains.some(({ deploy }) => deploy === 'delegate');
      const simulation = delegates ? { simulate: false } : simulationOf(plan.simulation);
      const { fee } = await quoted(plan, body, { authorizations: new Map(), simulation });
      return { feeEstimate: fee.amount, feeMax: feeMaxOf(fee.amount) };
    },
    /** A fresh quote, proven, within the approved fee, and signed by the owner. */
    sign: async (plan: OwnerPlan, body: PlanBody, onQuoted: () => Promise<unknown>): Promise<Submission> => {
      await Promise.all(plan.chains.map(({ chainId }) => chains.on(chainId)));
      const authorizations = await authorize(plan);
      const simulation = simulationOf(plan.simulation);
      const proven = await quoted(plan, body, { authorizations, simulation });
      if (proven.fee.amount > plan.feeMax) throw feeChanged(plan.feeMax, proven.fee.amount);
      await onQuoted();
      return signQuote(proven, plan);
    },
  };
};

export type OwnerExecutor = ReturnType<typeof createOwnerExecutor>;
