import type { SudoPolicy, UsageLimitPolicy, ValueLimitPolicy } from '../../protocol/policies/policy';
import { type Sentence, sentence } from '../../protocol/policies/sentence';
import { isUnlimited } from '../../protocol/policies/unlimited';
import { groupDigits } from '../../ui/amountText';
import { cleanSymbol } from '../../ui/cleanText';
import { nativeTransferSelector } from './knownFunctions';
import type { PolicyContext } from './policyContext';

const beyondUse = 2n ** 40n;

/** How often the action may be called. */
export function usageLimitSentences({ limit }: UsageLimitPolicy): Sentence[] {
  if (limit === 0n) return [sentence('warning', 'May never be called: the limit is 0.')];
  if (limit >= beyondUse) {
    return [
      sentence(
        'danger',
        `May be called ${groupDigits(limit)} times: in practice as often as the site wants.`,
      ),
    ];
  }
  return [
    sentence(
      'info',
      limit === 1n ? 'May be called once in total.' : `May be called ${groupDigits(limit)} times in total.`,
    ),
    sentence('info', 'Each call in a batch counts, and so does a call that fails.'),
  ];
}

/** How much native coin all calls of the action may send. */
export function valueLimitSentences({ limit }: ValueLimitPolicy, context: PolicyContext): Sentence[] {
  const coin = cleanSymbol(context.nativeSymbol) ?? 'the native coin';
  if (limit === 0n) return [sentence('info', `May not send ${coin}.`)];
  if (isUnlimited(limit)) return [sentence('danger', `May send ${coin} without a limit.`)];
  return [
    sentence(
      'info',
      'All calls together may send at most ',
      { kind: 'amount', value: limit, token: 'native' },
      '.',
    ),
  ];
}

/** That nothing is limited, in full. */
export function sudoSentences(_policy: SudoPolicy, context: PolicyContext): Sentence[] {
  const coin = cleanSymbol(context.nativeSymbol) ?? 'the native coin';
  if (context.selector === nativeTransferSelector) {
    return [
      sentence('danger', `The site may send any amount of ${coin} to this address, as often as it wants.`),
    ];
  }
  return [
    sentence(
      'danger',
      `The site may call this function with any arguments, as often as it wants, and send any amount of ${coin} with it.`,
    ),
  ];
}
