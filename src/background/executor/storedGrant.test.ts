import { decodeFunctionData, type Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { decodeComposableCalls } from '../../protocol/actions/composable';
import { asFixedCall } from '../../protocol/actions/composableCall';
import { smartSessionAbi } from '../../protocol/constants/abis';
import { encodePolicy } from '../../protocol/policies/registry';
import { permissionId } from '../../protocol/session/permission';
import { planRevoke } from '../sessions/plan/revoke';
import { counter, grantRecord, token, useParams } from '../testing/records';
import { quoteForUse } from './quoteForUse';

const [permission] = grantRecord().permissions;
if (!permission) throw new RangeError('The grant has no permission.');

/** A session as another version made it: policies in another order, one of them of a contract that has moved since. */
const session = {
  ...permission.session,
  salt: `0x${'77'.repeat(32)}` as const,
  actions: permission.session.actions.map((action) => ({
    ...action,
    actionPolicies: [
      { policy: counter, initData: '0x1234' as const },
      encodePolicy({ type: 'timeframe', validAfter: 1, validUntil: 2_000_000_000 }),
      ...action.actionPolicies,
    ],
  })),
};
const stored = { ...permission, session, permissionId: permissionId(session) };
const grant = grantRecord({ permissions: [stored] });

describe('a stored permission', () => {
  it('is used byte for byte as it is', () => {
    const payment = { payment: { token, chainId: 8453 } };
    const request = quoteForUse(grant, useParams(), { lower: 1_000, upper: 1_180 }, payment).build([0n, 0n]);
    const details = request.userOps[0]?.sessionDetails;
    const sent = details?.enableSessionData.enableSession.sessionToEnable;
    expect(details?.permissionId).toBe(stored.permissionId);
    expect(sent?.salt).toBe(session.salt);
    expect(
      sent?.actions.map(({ actionPolicies }) =>
        actionPolicies.map(({ policy, initData }) => ({ policy, initData })),
      ),
    ).toEqual(session.actions.map(({ actionPolicies }) => actionPolicies));
  });

  it('is revoked under the id that it has', () => {
    const [operation] = planRevoke(grant, [stored], undefined).operations;
    const [call] = decodeComposableCalls(operation?.callData ?? '0x').calls;
    const fixed = call && asFixedCall(call);
    const data: Hex = fixed?.data ?? '0x';
    expect(fixed?.to).toBe(grant.smartSession);
    expect(decodeFunctionData({ abi: smartSessionAbi, data })).toEqual({
      functionName: 'removeSession',
      args: [stored.permissionId],
    });
  });
});
