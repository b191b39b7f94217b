import { isUnlimited } from '../protocol/policies/unlimited';
import { cleanSymbol } from './cleanText';

/** What is known about the unit of an amount. Without `decimals` the amount is shown in base units. */
export type Unit = { symbol?: string | undefined; decimals?: number | undefined };

/** An amount ready to show: the number, its unit, and whether it is so large that it limits nothing. */
export type AmountText = { number: string; unit: string; unlimited: boolean };

/** Whole number with a comma every three digits. */
export function groupDigits(value: bigint): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Exact decimal text of base units, without floats: never rounded, no trailing zeros. */
export function formatUnits(amount: bigint, decimals: number): string {
  const negative = amount < 0n;
  const digits = (negative ? -amount : amount).toString().padStart(decimals + 1, '0');
  const whole = groupDigits(BigInt(digits.slice(0, digits.length - decimals)));
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** An amount in its unit. Without decimals it says "base units"; the symbol is the token's own word and is cleaned. */
export function amountText(amount: bigint, unit: Unit): AmountText {
  const symbol = cleanSymbol(unit.symbol);
  const unlimited = isUnlimited(amount);
  if (unit.decimals === undefined) {
    const of = symbol === undefined ? '' : ` of ${symbol}`;
    return { number: groupDigits(amount), unit: `base units${of}`, unlimited };
  }
  return { number: formatUnits(amount, unit.decimals), unit: symbol ?? 'tokens', unlimited };
}

/** The amount as one line of text. */
export function amountLine(amount: bigint, unit: Unit): string {
  const text = amountText(amount, unit);
  return text.unlimited ? `an unlimited amount (${text.number} ${text.unit})` : `${text.number} ${text.unit}`;
}

/** A native amount in the chain's coin and in wei, so that 1 wei is never read as one coin. */
export function nativeLine(wei: bigint, symbol: string | undefined): string {
  const coin = cleanSymbol(symbol) ?? 'of the native coin';
  return `${formatUnits(wei, 18)} ${coin} (${groupDigits(wei)} wei)`;
}
