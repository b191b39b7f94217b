import { isUnlimited } from '../../protocol/policies/unlimited';
import { amountText, formatUnits, groupDigits } from '../../ui/amountText';
import { cleanSymbol } from '../../ui/cleanText';
import type { Measure } from '../policies/measure';
import type { UsageRow } from './usageRows';

type Words = { number: string; unit: string };

function wordsOf(value: bigint, measure: Measure, nativeSymbol: string | undefined): Words {
  switch (measure.kind) {
    case 'calls':
      return { number: groupDigits(value), unit: value === 1n ? 'call' : 'calls' };
    case 'token':
      return amountText(value, measure.unit);
    case 'native':
      return { number: formatUnits(value, 18), unit: cleanSymbol(nativeSymbol) ?? 'of the native coin' };
    case 'number':
      return { number: groupDigits(value), unit: 'in all' };
  }
}

type Counted = Pick<UsageRow, 'measure' | 'limit' | 'used' | 'remaining'>;

/** A limit in words, such as `1 of 3 calls used, 2 left`. */
export function usageText(
  { measure, limit, used, remaining }: Counted,
  nativeSymbol: string | undefined,
): string {
  const words = (value: bigint) => wordsOf(value, measure, nativeSymbol);
  if (isUnlimited(limit)) return `${words(used).number} ${words(used).unit} used, no limit`;
  return `${words(used).number} of ${words(limit).number} ${words(limit).unit} used, ${words(remaining).number} left`;
}

/** Which limit of a function it is. */
export function limitName({ policy, rule, measure, feeBudget }: UsageRow): string {
  if (feeBudget) return 'Fees';
  if (measure.kind === 'calls') return 'Calls';
  if (measure.kind === 'native') return 'Coin sent';
  if (measure.kind === 'token') return policy === 'spendingLimits' ? 'Spent or approved' : 'Amount';
  return `Rule ${(rule ?? 0) + 1}`;
}
