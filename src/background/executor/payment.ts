import type { SuperTransactionPlan } from '../../protocol/mee/plan';
import type { SimulationOptions } from '../../protocol/mee/simulation';
import { defaultSponsor, isTrustedSponsor, type Sponsor, signsItself } from '../../protocol/mee/sponsorship';
import type { Simulation } from '../../rpc/dapp/quoteOptions';
import type { FeeToken, PlannedSponsorship } from '../../storage/records';
import type { MeeNode } from '../mee/node';
import { feeTokenMissing } from './refusals';

/** Who pays a supertransaction, in the form of a quote, and whether the sponsor's own service signs. */
export type Payment = { payment: SuperTransactionPlan['payment']; signingSponsor?: Sponsor };

const sponsorOf = (sponsorship: PlannedSponsorship): Sponsor =>
  sponsorship.kind === 'node' ? defaultSponsor : { url: sponsorship.url, gasTank: sponsorship.gasTank };

/** @throws RpcError FEE_TOKEN_MISSING, SPONSOR_REFUSED, and the errors of reaching a sponsor */
export const createPaymentPlanner =
  ({ node }: { node: Pick<MeeNode, 'sponsorNonce'> }) =>
  async (paid: { sponsorship?: PlannedSponsorship; feeToken?: FeeToken }): Promise<Payment> => {
    const { sponsorship, feeToken } = paid;
    if (sponsorship) {
      const sponsor = sponsorOf(sponsorship);
      const nonce = isTrustedSponsor(sponsor) ? 0n : await node.sponsorNonce(sponsor);
      return { payment: { sponsor, nonce }, ...(signsItself(sponsor) ? { signingSponsor: sponsor } : {}) };
    }
    if (!feeToken) throw feeTokenMissing();
    return { payment: { token: feeToken.address, chainId: feeToken.chainId } };
  };

export type PaymentPlanner = ReturnType<typeof createPaymentPlanner>;

/** Simulation as a quote asks for it; by default the node simulates. */
export const simulationOf = (asked: Simulation | undefined): SimulationOptions => {
  if (asked === undefined) return { simulate: true };
  const { simulate, gasLimitBuffers } = asked;
  if (gasLimitBuffers === undefined) return { simulate };
  const buffers = Object.entries(gasLimitBuffers).map(([chainId, percent]) => [chainId, BigInt(percent)]);
  return { simulate, gasLimitBuffers: Object.fromEntries(buffers) };
};
