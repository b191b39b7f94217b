import { meeVersions } from '../../../protocol/constants/versions';
import { accountDangers } from '../../../protocol/scope/accountDangers';
import type { ReviewedFee } from '../../../rpc/popup/review';
import type {
  Danger,
  ReviewedCleanUp,
  ReviewedDelegation,
  ReviewedSponsor,
  ReviewedTrigger,
  TokenAmount,
} from '../../../rpc/popup/reviewParts';
import type { OwnerPlan, PreparePlan } from '../../../storage/records';
import { dangerOf, requestDanger } from '../dangers';
import type { TokenBook } from '../tokenBook';
import type { ViewContext } from '../view';

type TokenOnChain = { address: OwnerPlan['owner']; chainId: number };

/** An amount of a token with what is known of the token. */
export const amountOf = (
  { address: token, chainId }: TokenOnChain,
  amount: bigint,
  tokens: TokenBook,
): TokenAmount => ({ token, chainId, amount, ...tokens.of(chainId, token) });

/** The fee now, and the most that is signed. Absent when somebody else pays. */
export const reviewFee = (plan: OwnerPlan, tokens: TokenBook): ReviewedFee | undefined => {
  const { feeToken, sponsorship, feeEstimate, feeMax } = plan;
  if (sponsorship !== undefined || feeToken === undefined) return undefined;
  return {
    estimate: amountOf(feeToken, feeEstimate, tokens),
    max: amountOf(feeToken, feeMax, tokens),
  };
};

/** Who pays instead of the account. */
export const reviewSponsor = ({ sponsorship }: OwnerPlan): ReviewedSponsor | undefined => sponsorship;

const feeInside = ({ trigger, feeToken, sponsorship, feeMax }: OwnerPlan): bigint => {
  if (!trigger || !feeToken || sponsorship || trigger.useMaxAvailableFunds) return 0n;
  const same = feeToken.chainId === trigger.chainId && feeToken.address === trigger.token;
  return same ? feeMax : 0n;
};

/** What leaves the owner's own address. */
export const reviewTrigger = (
  plan: OwnerPlan,
  { tokens, chainName }: ViewContext,
): ReviewedTrigger | undefined => {
  const { trigger, owner, account, version } = plan;
  if (!trigger) return undefined;
  const { kind, token: address, chainId, amount, approvalAmount, recipient, useMaxAvailableFunds } = trigger;
  const most = approvalAmount ?? amount + feeInside(plan);
  return {
    kind,
    chainName: chainName(chainId),
    owner,
    spender: kind === 'native' ? meeVersions[version].ethForwarderAddress : account,
    recipient,
    amount: amountOf({ address, chainId }, amount, tokens),
    most: amountOf({ address, chainId }, most, tokens),
    everything: useMaxAvailableFunds,
  };
};

/** What is sent away when everything else is done. */
export const reviewCleanUps = (
  { cleanUps }: OwnerPlan,
  { tokens, chainName }: ViewContext,
): readonly ReviewedCleanUp[] =>
  cleanUps.map(({ chainId, tokenAddress: address, recipientAddress, amount }) => ({
    chainName: chainName(chainId),
    recipient: recipientAddress,
    everything: amount === undefined || amount === 0n,
    token: amountOf({ address, chainId }, amount ?? 0n, tokens),
  }));

/** The owner's address as account: what it is delegated to, chain by chain. */
export const reviewDelegations = (
  { chains, owner, version }: OwnerPlan,
  { chainName }: ViewContext,
): readonly ReviewedDelegation[] =>
  chains
    .filter(({ deploy }) => deploy === 'delegate')
    .map(({ chainId, currentDelegate }) => ({
      chainId,
      chainName: chainName(chainId),
      owner,
      implementation: meeVersions[version].implementationAddress,
      ...(currentDelegate === undefined ? {} : { current: currentDelegate }),
      everyChain: false,
    }));

const delegationDangers = ({ chains, version }: OwnerPlan): readonly Danger[] => {
  const next = meeVersions[version].implementationAddress;
  const found = chains
    .filter(({ deploy }) => deploy === 'delegate')
    .flatMap(({ currentDelegate }) =>
      accountDangers({ delegation: { current: currentDelegate ?? null, next } }),
    )
    .map(dangerOf);
  return [...new Map(found.map((danger) => [danger.text, danger])).values()];
};

const ownSponsor = (forUses: boolean): Danger =>
  forUses
    ? requestDanger(
        'OWN_SPONSOR',
        'warning',
        'The site names who pays: this request and every later use of the permission may be sent there.',
      )
    : requestDanger('OWN_SPONSOR', 'notice', 'The site names who pays, and the request is sent there.');

/** Dangers of how the request is funded and by which account it runs. */
export const fundingDangers = (plan: OwnerPlan & Pick<PreparePlan, 'permissions'>): readonly Danger[] => {
  const everything = plan.trigger?.useMaxAvailableFunds === true;
  return [
    ...delegationDangers(plan),
    ...(everything
      ? [requestDanger('ALL_FUNDS', 'high', 'Everything that the owner holds of this token is taken.', true)]
      : []),
    ...(plan.sponsorship?.kind === 'own' ? [ownSponsor(plan.permissions.length > 0)] : []),
  ];
};
