import type { Severity } from './sentence';

/** More smallest units than any real token or coin has: a limit above this limits nothing. */
const beyondAnySupply = 2n ** 128n;

/** Whether an amount limits nothing in practice. */
export function isUnlimited(amount: bigint): boolean {
  return amount >= beyondAnySupply;
}

/** Severity of a sentence that states a limit. */
export function amountSeverity(limit: bigint): Severity {
  return isUnlimited(limit) ? 'danger' : 'info';
}
