import type { PlannedUserOp, QuoteRequestParameters } from './quotePlan';

/** Gas that a call gets when the caller names none; a simulation replaces it. */
export const defaultCallGasLimit = 700_000n;

/** Gas of a token transfer that the client adds itself, and of the payment. */
export const transferGasLimit = 75_000n;

/** Gas for validating one signature: by the owner, by a session key for the first time on a chain, and after that. */
const verificationGas = { owner: 150_000n, firstSession: 1_000_000n, nextSession: 250_000n } as const;

/** What a sponsor's payment is given. */
export const sponsorVerificationGas = verificationGas.owner;

/** What the account's own payment is given. */
export function paymentVerificationGas({
  mode,
  verificationGasLimit,
}: Pick<QuoteRequestParameters, 'mode' | 'verificationGasLimit'>): bigint {
  return verificationGasLimit ?? (mode === 'USE' ? verificationGas.firstSession : verificationGas.owner);
}

/**
 * What an operation is given. Signed by the owner: the caller's figure or none, which leaves it to the node.
 * Signed by a session key: a high figure for the first operation of a chain, the payment counting as one.
 */
export function operationVerificationGas(
  planned: PlannedUserOp,
  { mode, verificationGasLimit, payment, userOps }: QuoteRequestParameters,
): bigint | undefined {
  if (mode === 'PREPARE') return verificationGasLimit;
  const first = userOps.find((other) => other.chainId === planned.chainId);
  const paysHere = !('sponsor' in payment) && payment.chainId === planned.chainId;
  if (first !== planned || paysHere) return verificationGas.nextSession;
  return verificationGasLimit ?? verificationGas.firstSession;
}
