import { sameAddress } from '../../protocol/address';
import type { SpendingLimitsPolicy, TokenLimit } from '../../protocol/policies/policy';
import { type Sentence, sentence } from '../../protocol/policies/sentence';
import { isUnlimited } from '../../protocol/policies/unlimited';
import { tokenFunction } from './knownFunctions';
import type { PolicyContext } from './policyContext';

const isTarget = (limit: TokenLimit, context: PolicyContext): boolean =>
  sameAddress(limit.token, context.target);

function limitSentence(entry: TokenLimit, context: PolicyContext): Sentence {
  const amount = { kind: 'amount', value: entry.limit, token: entry.token } as const;
  if (!isTarget(entry, context)) {
    return sentence(
      'notice',
      'For the token ',
      { kind: 'address', value: entry.token },
      ' at most ',
      amount,
      '. This has no effect here, since the function belongs to another contract.',
    );
  }
  if (isUnlimited(entry.limit))
    return sentence('danger', 'May move or approve ', amount, ': in practice everything you hold.');
  return sentence('info', 'May move or approve at most ', amount, ' in total.');
}

/** What the action may move or approve, per token. An approval counts as spent and is never given back. */
export function spendingLimitsSentences(policy: SpendingLimitsPolicy, context: PolicyContext): Sentence[] {
  const sentences = policy.tokenLimits.map((entry) => limitSentence(entry, context));
  if (!policy.tokenLimits.some((entry) => isTarget(entry, context))) {
    sentences.push(sentence('warning', 'No limit names this contract, so every call is refused.'));
  }
  if (tokenFunction(context.selector) === undefined) {
    sentences.push(
      sentence(
        'warning',
        'This limit reads only transfers and approvals. Calls of this function are refused.',
      ),
    );
  }
  return sentences;
}
