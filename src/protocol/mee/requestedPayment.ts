import type { Address, Hex } from 'viem';
import type { Eip7702Auth } from '../account/authorization';
import type { SessionDetails } from '../session/details';
import { paymentVerificationGas, sponsorVerificationGas, transferGasLimit } from './gas';
import type { PaymentPlan, PlannedTrigger, QuoteRequestParameters } from './quotePlan';

/** The account pays. */
type OwnPayment = {
  sponsored: false;
  sender: Address;
  token: Address;
  nonce: bigint;
  callGasLimit: bigint;
  verificationGasLimit: bigint;
  chainId: bigint;
  eoa?: Address;
  initCode?: Hex;
  eip7702Auth?: Eip7702Auth;
  shortEncoding?: boolean;
  sessionDetails?: SessionDetails;
};

/** Somebody else's gas tank pays. */
type SponsoredPayment = {
  sponsored: true;
  sender: Address;
  token: Address;
  nonce: bigint;
  callGasLimit: bigint;
  verificationGasLimit: bigint;
  chainId: bigint;
  sponsorshipUrl: string;
  eoa?: Address;
};

/** `paymentInfo` of a quote request. */
export type RequestedPayment = OwnPayment | SponsoredPayment;

/** The `paymentInfo` of a plan. */
export function requestedPayment(
  plan: PaymentPlan,
  context: Pick<QuoteRequestParameters, 'account' | 'mode' | 'verificationGasLimit'> & {
    sessionDetails: SessionDetails | undefined;
    trigger: PlannedTrigger | undefined;
  },
): RequestedPayment {
  const { trigger } = context;
  const common = {
    callGasLimit: plan.gasLimit ?? trigger?.request.gasLimit ?? transferGasLimit,
    ...(trigger === undefined ? {} : { eoa: trigger.owner }),
  };
  if ('sponsor' in plan) {
    const { url, gasTank } = plan.sponsor;
    return {
      ...common,
      sponsored: true,
      sender: gasTank.address,
      token: gasTank.token,
      nonce: plan.nonce ?? 0n,
      verificationGasLimit: sponsorVerificationGas,
      chainId: BigInt(gasTank.chainId),
      sponsorshipUrl: url,
    };
  }
  const { sessionDetails } = context;
  return {
    ...common,
    sponsored: false,
    sender: context.account,
    token: plan.token,
    nonce: plan.nonce,
    verificationGasLimit: paymentVerificationGas(context),
    chainId: BigInt(plan.chainId),
    ...(plan.initCode === undefined ? {} : { initCode: plan.initCode }),
    ...(plan.eip7702Auth === undefined ? {} : { eip7702Auth: plan.eip7702Auth }),
    ...(sessionDetails === undefined ? {} : { shortEncoding: true, sessionDetails }),
  };
}
