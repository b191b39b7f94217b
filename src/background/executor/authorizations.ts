import { encodeEip7702Auth, planAuthorizations } from '../../protocol/account/authorization';
import { meeVersions } from '../../protocol/constants/versions';
import type { Deployment } from '../../protocol/mee/quotePlan';
import type { OwnerPlan } from '../../storage/records';
import type { Chains } from '../chain/chains';
import { type OwnerAdapter, signAuthorizationAsOwner } from '../owner/owner';

/**
 * The owner's authorizations (EIP-7702) for the chains of a plan that need one, each valid on its own chain only. Their
 * nonces are read now, transactions in the pool counted.
 */
export const createAuthorizer =
  ({ chains, owner }: { chains: Chains; owner: OwnerAdapter }) =>
  async (plan: Pick<OwnerPlan, 'chains' | 'owner' | 'version'>): Promise<ReadonlyMap<number, Deployment>> => {
    const needed = plan.chains.filter(({ deploy }) => deploy === 'delegate');
    const counted = await Promise.all(
      needed.map(async ({ chainId }) => ({
        chainId,
        nonce: await (await chains.on(chainId)).transactionCount(plan.owner),
      })),
    );
    const planned = planAuthorizations({
      implementation: meeVersions[plan.version].implementationAddress,
      chains: counted,
      multichain: false,
    });
    const signed = new Map<number, Deployment>();
    for (const { chainIds, ...authorization } of planned) {
      const signature = await signAuthorizationAsOwner(owner, plan.owner, authorization);
      const eip7702Auth = encodeEip7702Auth(authorization, signature);
      for (const chainId of chainIds) signed.set(chainId, { eip7702Auth });
    }
    return signed;
  };

export type Authorizer = ReturnType<typeof createAuthorizer>;
