import type { Address } from 'viem';
import { meeVersions } from '../constants/versions';
import { type BatchContext, batchInstructions } from './batch';
import { type CleanUp, cleanUpOperation } from './cleanUp';
import { assertCalls, type Instruction } from './instruction';
import { operationOf } from './operation';
import type { Deployment, PaymentPlan, PlannedUserOp, QuoteRequestParameters } from './quotePlan';
import { buildQuoteRequest, type QuoteRequest } from './quoteRequest';

type OwnPaymentPlan = Exclude<PaymentPlan, { sponsor: unknown }>;
type SponsorPlan = Extract<PaymentPlan, { sponsor: unknown }>;
type Common = Omit<QuoteRequestParameters, 'userOps' | 'payment' | 'mode' | 'sessionDetails' | 'trigger'>;
type Mode = Pick<Extract<QuoteRequestParameters, { mode: 'PREPARE' }>, 'mode' | 'trigger'>;
type UseMode = Pick<Extract<QuoteRequestParameters, { mode: 'USE' }>, 'mode' | 'sessionDetails'>;

/** A supertransaction before its nonces are known. */
export type SuperTransactionPlan = Common & {
  /** The owner's address. */
  owner: Address;
  /** In order; see `prepareInstructions` for a PREPARE. */
  instructions: readonly Instruction[];
  /** Whether the instructions of a chain become one operation; true unless said otherwise. */
  batch?: boolean;
  cleanUps?: readonly CleanUp[];
  payment: Omit<OwnPaymentPlan, 'nonce' | 'initCode' | 'eip7702Auth'> | SponsorPlan;
  /** How the account gets code, by chain where it has none. The first operation of the chain carries it. */
  deployments?: ReadonlyMap<number, Deployment>;
} & (Mode | UseMode);

/** A plan that waits for its nonces. */
export type PlannedQuote = {
  /** Chains whose nonces are needed, in the order in which `build` takes them: own payment, operations, clean-ups. */
  chainIds: readonly number[];
  build(nonces: readonly bigint[]): QuoteRequest;
};

/**
 * Plans a supertransaction: batches its instructions, adds clean-ups, and says which nonces it needs.
 * @throws QuoteRequestError, CalldataError
 */
export function planSuperTransaction(plan: SuperTransactionPlan): PlannedQuote {
  assertCalls(plan.instructions);
  const suite = meeVersions[plan.version];
  const context: BatchContext = { bounds: plan.bounds, forwarder: suite.ethForwarderAddress };
  const instructions =
    plan.batch === false ? plan.instructions : batchInstructions(plan.instructions, context);
  const operations = instructions.map((instruction) => operationOf(instruction, suite.composabilityVersion));
  const cleanUps = plan.cleanUps ?? [];
  const paying = 'sponsor' in plan.payment ? [] : [plan.payment.chainId];
  const chainIds = [...operations, ...cleanUps].map(({ chainId }) => chainId);
  return {
    chainIds: [...paying, ...chainIds],
    build: (nonces) => {
      const own = nonces.slice(paying.length);
      const planned = operations.map((operation, index) => ({ ...operation, nonce: own[index] ?? 0n }));
      const cleaning = cleanUps.map((cleanUp, index) => ({
        ...cleanUpOperation(cleanUp, { ...plan, suite, userOps: planned }),
        nonce: own[planned.length + index] ?? 0n,
      }));
      return buildQuoteRequest({
        ...plan,
        payment: withDeployment(plan, nonces[0] ?? 0n),
        userOps: deployFirst([...planned, ...cleaning], plan, paying),
      });
    },
  };
}

function withDeployment({ payment, deployments }: SuperTransactionPlan, nonce: bigint): PaymentPlan {
  return 'sponsor' in payment ? payment : { ...payment, nonce, ...deployments?.get(payment.chainId) };
}

/** Gives the deployment of a chain to its first operation, unless the payment carries it. */
function deployFirst(
  userOps: readonly PlannedUserOp[],
  { deployments }: SuperTransactionPlan,
  deployed: readonly number[],
): readonly PlannedUserOp[] {
  const done = new Set(deployed);
  return userOps.map((userOp) => {
    if (done.has(userOp.chainId)) return userOp;
    done.add(userOp.chainId);
    return { ...userOp, ...deployments?.get(userOp.chainId) };
  });
}
