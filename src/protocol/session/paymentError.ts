import { ProtocolError } from '../errors';

/**
 * A fee budget that can't be granted. Codes: `FEE_BUDGET_RANGE`, `FEE_PAYEE_MISSING`, `FEE_RECIPIENT_RULE`,
 * `FEE_AMOUNT_RULE`, `FEE_RULE_OUTSIDE`.
 */
export class PaymentError extends ProtocolError {}

/** A rule of the person's own permission that no fee payment could satisfy. */
export function feeRefused(code: string, shortMessage: string, details: string): PaymentError {
  return new PaymentError(code, {
    shortMessage,
    details,
    action: 'Pay the fees in another token, have them sponsored, or grant this transfer without that rule.',
  });
}
