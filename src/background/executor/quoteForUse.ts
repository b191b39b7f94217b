import { planSuperTransaction } from '../../protocol/mee/plan';
import { buildSessionDetails } from '../../protocol/session/details';
import type { UseParams } from '../../rpc/dapp/useParams';
import type { GrantRecord } from '../../storage/records';
import { joinByChain, permissionOn } from '../sessions/grantScope';
import { chainsOfUse } from '../sessions/grants';
import { type Payment, simulationOf } from './payment';
import type { QuotePlan } from './quoter';

/** The supertransaction of a USE: one operation per chain, paid from the grant's fee budget or by a sponsor. */
export const quoteForUse = (
  grant: GrantRecord,
  params: Pick<UseParams, 'instructions' | 'simulation' | 'sponsorship'>,
  bounds: { lower: number; upper: number },
  { payment, signingSponsor }: Payment,
): QuotePlan => {
  const { account, owner, version, smartSession } = grant;
  const planned = planSuperTransaction({
    mode: 'USE',
    account,
    owner,
    version,
    instructions: joinByChain(params.instructions).map((part) => ({ ...part, composable: false })),
    sessionDetails: chainsOfUse(grant, params).map((chainId) =>
      buildSessionDetails(permissionOn(grant, chainId).session, chainId),
    ),
    payment,
    bounds,
    simulation: simulationOf(params.simulation),
  });
  return {
    ...planned,
    account,
    validator: smartSession,
    ...(signingSponsor === undefined ? {} : { signingSponsor }),
  };
};
