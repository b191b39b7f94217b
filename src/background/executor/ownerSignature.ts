import { meeVersions } from '../../protocol/constants/versions';
import { encodeOnChainSignature, encodePermitSignature } from '../../protocol/mee/clientSignature';
import { buildExecRequest, buildTriggerExecRequest } from '../../protocol/mee/exec';
import { quoteTypedData } from '../../protocol/mee/sign';
import type { PlannedTrigger } from '../../protocol/mee/trigger';
import {
  allowanceOf,
  permitTypedData,
  settleTrigger,
  triggerTransaction,
} from '../../protocol/mee/triggerPayload';
import type { VerifiedQuote } from '../../protocol/mee/verify';
import type { OwnerPlan, Submission } from '../../storage/records';
import type { Chains } from '../chain/chains';
import { readPermitRoute } from '../chain/permitRoute';
import { type OwnerAdapter, signAsOwner, signTypedDataAsOwner } from '../owner/owner';
import { triggerOf } from '../sessions/plan/instructions';
import type { OwnerTransactions } from './ownerTransaction';
import { permitGone, recordIncomplete } from './refusals';
import { submissionOf } from './submission';

type Signed = Pick<OwnerPlan, 'account' | 'owner' | 'version' | 'trigger'>;

/** The owner's consent to a proven quote, in the way that the quote takes. Nothing is sent. */
export const createOwnerSignature = (parts: {
  chains: Chains;
  owner: OwnerAdapter;
  transactions: Pick<OwnerTransactions, 'sign'>;
}) => {
  const { chains, owner, transactions } = parts;

  const bySimple = async (quote: VerifiedQuote, plan: Signed): Promise<Submission> => {
    const signature =
      quote.signing === 'typedData'
        ? await signTypedDataAsOwner(owner, plan.owner, quoteTypedData(quote))
        : await signAsOwner(owner, plan.owner, quote.hash);
    return submissionOf(quote, buildExecRequest(quote, signature));
  };

  const byPermit = async (quote: VerifiedQuote, plan: Signed, planned: PlannedTrigger) => {
    const { chainId, tokenAddress: token } = planned.request;
    const route = await readPermitRoute(await chains.on(chainId), token, plan.owner);
    if (route.route !== 'permit') throw permitGone(chainId, token);
    const { domain, domainSeparator, nonce } = route;
    const trigger = settleTrigger(planned, quote);
    const { account } = plan;
    const permit = permitTypedData(quote, { domain, owner: plan.owner, account, nonce, trigger });
    const signature = await signTypedDataAsOwner(owner, plan.owner, permit);
    const amount = allowanceOf(trigger);
    const signed = { token, spender: account, domainSeparator, amount, chainId, nonce, signature };
    return submissionOf(quote, buildTriggerExecRequest(quote, encodePermitSignature(signed), trigger));
  };

  const byTransaction = async (quote: VerifiedQuote, plan: Signed, planned: PlannedTrigger) => {
    const trigger = settleTrigger(planned, quote);
    const { chainId } = trigger;
    const suite = meeVersions[plan.version];
    const call = triggerTransaction(quote, { account: plan.account, suite, trigger });
    const transaction = await transactions.sign(call, { chainId, from: plan.owner });
    const signature = encodeOnChainSignature({ transactionHash: transaction.hash, chainId });
    return submissionOf(quote, buildTriggerExecRequest(quote, signature, trigger), transaction);
  };

  return (quote: VerifiedQuote, plan: Signed): Promise<Submission> => {
    if (quote.signing === 'personal' || quote.signing === 'typedData') return bySimple(quote, plan);
    const planned = triggerOf(plan);
    if (planned === undefined) throw recordIncomplete();
    return quote.signing === 'permit' ? byPermit(quote, plan, planned) : byTransaction(quote, plan, planned);
  };
};

export type OwnerSignature = ReturnType<typeof createOwnerSignature>;
