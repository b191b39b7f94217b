import type { Address } from 'viem';
import type { PlannedQuote } from '../../protocol/mee/plan';
import type { Sponsor } from '../../protocol/mee/sponsorship';
import { type VerifiedQuote, verifyQuote } from '../../protocol/mee/verify';
import type { Chains } from '../chain/chains';
import { hasReason } from '../errors/rpcErrors';
import type { MeeNode } from '../mee/node';
import { countedNonces, freshNonces, type RandomHint } from './nonces';

/** No cap: the caller compares the fee with its own limit and says so in its own words. */
const anyFee = 2n ** 256n - 1n;

/** A supertransaction to be quoted. */
export type QuotePlan = PlannedQuote & {
  account: Address;
  /** Zero for the account's default validator. */
  validator: Address;
  /** A sponsor whose own service signs the payment. */
  signingSponsor?: Sponsor;
};

const saysNonceUsed = (error: unknown): boolean =>
  hasReason(error, 'NODE_REFUSED') && /AA25/.test(String(error.data.details?.node));

/** Asks the node for a quote and proves it. Throws QuoteMismatchError and the node's errors. */
export const createQuoter = (parts: {
  node: Pick<MeeNode, 'quote' | 'sponsorSign'>;
  chains: Chains;
  randomHint: RandomHint;
}) => {
  const { node, chains, randomHint } = parts;

  const ask = async (plan: QuotePlan, nonces: readonly bigint[]): Promise<VerifiedQuote> => {
    const request = plan.build(nonces);
    const quoted = await node.quote(request);
    const { signingSponsor } = plan;
    const response = signingSponsor ? await node.sponsorSign(signingSponsor, quoted) : quoted;
    return verifyQuote({ request, response, maxFee: anyFee });
  };

  return async (plan: QuotePlan): Promise<VerifiedQuote> => {
    const nonces = freshNonces(plan.chainIds.length, plan.validator, randomHint);
    try {
      return await ask(plan, nonces);
    } catch (error) {
      if (!saysNonceUsed(error)) throw error;
      const placed = plan.chainIds.map((chainId, index) => ({ chainId, nonce: nonces[index] ?? 0n }));
      return ask(plan, await countedNonces(placed, plan.account, chains));
    }
  };
};

export type Quoter = ReturnType<typeof createQuoter>;
