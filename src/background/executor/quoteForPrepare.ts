import { accountInitCode } from '../../protocol/account/init';
import { installSmartSessionCalls } from '../../protocol/account/install';
import type { Call } from '../../protocol/actions/call';
import { encodeComposable } from '../../protocol/actions/composable';
import { smartSessionAddress } from '../../protocol/constants/addresses';
import { meeVersions } from '../../protocol/constants/versions';
import {
  buildQuoteRequest,
  type OperationMetadata,
  type PlannedUserOp,
} from '../../protocol/mee/quoteRequest';
import { encodeEnableSessions } from '../../protocol/session/enable';
import type { PlannedPermission } from '../../storage/records';
import type { PlanDraft } from '../sessions/draft';
import type { QuotePlan } from './quoter';

const noteOf = (chainId: number, description: string): OperationMetadata => ({
  type: 'CUSTOM',
  description,
  chainId,
});

const operationOf = (plan: PlanDraft, permission: PlannedPermission, nonce: bigint): PlannedUserOp => {
  const { chainId, session, installModule, deployAccount } = permission;
  const { account, owner, version, feeToken } = plan;
  const enable: Call = { to: smartSessionAddress, value: 0n, data: encodeEnableSessions([session]) };
  const install = installModule ? installSmartSessionCalls({ account, version }) : [];
  const calls = [...install, enable];
  const deploysHere = deployAccount && chainId !== feeToken.chainId;
  return {
    chainId,
    callData: encodeComposable(calls),
    nonce,
    gas: { calls: calls.length },
    ...(deploysHere ? { initCode: accountInitCode({ owner, version }) } : {}),
    metadata: [
      ...install.map(() => noteOf(chainId, 'Install smart sessions module')),
      noteOf(chainId, 'Enable smart sessions permissions'),
    ],
  };
};

/** The supertransaction of a PREPARE: per chain deploy, install and enable, as far as each is needed. */
export const quoteForPrepare = (plan: PlanDraft, bounds: { lower: number; upper: number }): QuotePlan => {
  const { account, owner, version, feeToken, permissions } = plan;
  const deploysOnFeeChain = permissions.some(
    (permission) => permission.chainId === feeToken.chainId && permission.deployAccount,
  );
  return {
    account,
    validator: meeVersions[version].defaultValidatorAddress,
    chainIds: [feeToken.chainId, ...permissions.map(({ chainId }) => chainId)],
    build: ([paymentNonce = 0n, ...nonces]) =>
      buildQuoteRequest({
        mode: 'PREPARE',
        account,
        version,
        userOps: permissions.map((permission, index) => operationOf(plan, permission, nonces[index] ?? 0n)),
        payment: {
          token: feeToken.address,
          chainId: feeToken.chainId,
          nonce: paymentNonce,
          ...(deploysOnFeeChain ? { initCode: accountInitCode({ owner, version }) } : {}),
        },
        bounds,
        simulate: true,
      }),
  };
};
