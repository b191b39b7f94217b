import { encodeExecute } from '../../protocol/actions/execute';
import { smartSessionAddress } from '../../protocol/constants/addresses';
import { buildQuoteRequest } from '../../protocol/mee/quoteRequest';
import { buildSessionDetails } from '../../protocol/session/details';
import type { GrantRecord } from '../../storage/records';
import { type ChainCalls, permissionOn } from '../sessions/grants';
import type { QuotePlan } from './quoter';

/** The supertransaction of a USE: one operation per chain, paid from the grant's fee budget. */
export const quoteForUse = (
  grant: GrantRecord,
  parts: readonly ChainCalls[],
  bounds: { lower: number; upper: number },
): QuotePlan => {
  const { account, version, feeToken } = grant;
  const involved = [...new Set([feeToken.chainId, ...parts.map(({ chainId }) => chainId)])];
  const sessionDetails = involved.map((chainId) =>
    buildSessionDetails(permissionOn(grant, chainId).session, chainId),
  );
  return {
    account,
    validator: smartSessionAddress,
    chainIds: [feeToken.chainId, ...parts.map(({ chainId }) => chainId)],
    build: ([paymentNonce = 0n, ...nonces]) =>
      buildQuoteRequest({
        mode: 'USE',
        account,
        version,
        userOps: parts.map(({ chainId, calls }, index) => ({
          chainId,
          callData: encodeExecute(calls),
          nonce: nonces[index] ?? 0n,
          gas: { calls: calls.length },
        })),
        payment: { token: feeToken.address, chainId: feeToken.chainId, nonce: paymentNonce },
        sessionDetails,
        bounds,
        simulate: true,
      }),
  };
};
