import { type Address, isAddressEqual } from 'viem';
import type { Bounds, OpDraft, PaymentKind } from './supertransaction';
import type { PaymentRequest } from './wire';

/** The account that pays for whoever the public network sponsors; what it pays with is between the two. */
const networkSponsor: Address = '0x18eAc826f3dD77d065E75E285d3456B751AC80d5';

const networkUrls = ['https://network.biconomy.io/v1', 'https://staging-network.biconomy.io/v1'];

/** Who pays, by the sponsor that the request names. */
export function paymentKindOf({ sponsored, sender, sponsorshipUrl }: PaymentRequest): PaymentKind {
  if (!sponsored) return 'account';
  const hosted = sponsorshipUrl === undefined || networkUrls.includes(sponsorshipUrl);
  return hosted && isAddressEqual(sender, networkSponsor) ? 'trusted' : 'gasTank';
}

/** Operation 0 of a quote under trusted sponsorship: keeps its place and its leaf, and is never executed. */
export function emptyPayment({ sender, nonce, chainId }: PaymentRequest, bounds: Bounds): OpDraft {
  return {
    chainId,
    userOp: {
      sender,
      nonce,
      initCode: '0x',
      callData: '0x',
      callGasLimit: 0n,
      verificationGasLimit: 0n,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
      paymasterAndData: '0x',
      preVerificationGas: 0n,
    },
    ...bounds,
    shortEncoding: false,
    retryDelay: 0,
    echo: {},
  };
}
