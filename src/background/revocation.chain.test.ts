import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { encodePolicy } from '../protocol/policies/registry';
import { decrement, increment, isEnabledOn, origin, type Scene } from './testing/scene';
import { useScene } from './testing/useScene';

let scene: Scene;

useScene(
  () => startDevnet(devnetOptionsFromEnvironment()),
  (current) => {
    ({ scene } = current);
  },
);

const grantBoth = async () => {
  const { chainId, counter, permitToken } = scene.home;
  const action = (actionTargetSelector: string) => ({
    actionTarget: counter,
    actionTargetSelector,
    actionPolicies: [encodePolicy({ type: 'usageLimit', limit: 5n })],
  });
  const { result } = await scene.prepare({
    requestId: 'both',
    enableSession: { actions: [{ chainId, actions: [action(increment), action(decrement)] }] },
    feeToken: { address: permitToken, chainId },
  });
  return result.grantId ?? '';
};

describe('a revocation', () => {
  it('by the dapp ends the grant here at once, then on chain after a yes', async () => {
    const { grantId = '', permissions, account } = await scene.grant();
    const permissionId = permissions[0]?.permissionId ?? '0x';
    const answer = scene.dapp(origin, 'latchkey_revoke', [{ requestId: 'r', grantId }]);
    const review = await scene.nextReview();
    expect(review).toMatchObject({
      kind: 'revoke',
      by: 'dapp',
      scope: 'permission',
      grantId,
      permissions: [{ permissionId, steps: ['removePermission'] }],
      chains: [{ steps: ['removePermission'] }],
    });
    await expect(scene.use('late')).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'GRANT_REVOKED' },
    });
    expect(await isEnabledOn(scene.home, permissionId, account)).toBe(true);
    await scene.approve(review);
    expect(await answer).toMatchObject({ requestId: 'r', grantId, hash: expect.stringMatching(/^0x/) });
    expect(await isEnabledOn(scene.home, permissionId, account)).toBe(false);
    expect(await scene.dapp(origin, 'latchkey_getPermissions')).toMatchObject([{ state: 'revoked' }]);
    const again = await scene.dapp(origin, 'latchkey_revoke', [{ requestId: 'r2', grantId }]);
    expect(again).toEqual({ requestId: 'r2', grantId, transactions: [] });

    const next = await scene.grant('anew');
    expect(next.permissions[0]?.permissionId).not.toBe(permissionId);
    const { permissions: counted } = await scene.dapp(origin, 'latchkey_getUsage', [
      { grantId: next.grantId },
    ]);
    expect(counted[0]?.limits.map(({ used }) => used)).toEqual(['0x0', '0x0']);
  });

  it('that the person rejects leaves the grant dead here, and it can be asked for again', async () => {
    const { grantId = '' } = await scene.grant();
    const answer = scene.dapp(origin, 'latchkey_revoke', [{ requestId: 'r', grantId }]);
    const { id: reviewId, digest } = await scene.nextReview();
    await scene.popup('reject', { reviewId, digest });
    await expect(answer).rejects.toMatchObject({ code: 4001 });
    await expect(scene.use('dead')).rejects.toMatchObject({ data: { reason: 'GRANT_REVOKED' } });
    expect(await scene.popup('listGrants')).toMatchObject([{ state: 'revoking' }]);
    await scene.popup('revokeGrant', { grantId });
    const review = await scene.nextReview();
    expect(review).toMatchObject({ kind: 'revoke', by: 'person' });
    await scene.approve(review);
    await scene.inState(review.id, 'confirmed');
    expect(await scene.popup('listGrants')).toMatchObject([{ state: 'revoked' }]);
  });

  it('of one action leaves the others', async () => {
    const grantId = await grantBoth();
    const action = { actionTarget: scene.home.counter, actionTargetSelector: decrement };
    const answer = scene.dapp(origin, 'latchkey_revoke', [{ requestId: 'one', grantId, action }]);
    const review = await scene.nextReview();
    expect(review).toMatchObject({
      scope: 'action',
      permissions: [{ actions: [{ selector: decrement }], steps: ['disableAction'] }],
    });
    await expect(scene.use('down', decrement)).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'ACTION_REVOKED' },
    });
    await scene.approve(review);
    await answer;
    expect(await scene.use('up')).toHaveProperty('hash');
    const [grant] = await scene.dapp(origin, 'latchkey_getPermissions');
    expect(grant?.permissions[0]?.actions.map(({ state }) => state)).toEqual(['enabled', 'revoked']);
    const unknown = { actionTarget: scene.home.counter, actionTargetSelector: '0x12345678' };
    await expect(
      scene.dapp(origin, 'latchkey_revoke', [{ requestId: 'none', grantId, action: unknown }]),
    ).rejects.toMatchObject({ code: -32602, data: { reason: 'ACTION_UNKNOWN' } });
  });

  it("works while locked as far as it needs no key, and only on the site's own grants", async () => {
    const { grantId = '' } = await scene.grant();
    await expect(
      scene.dapp('https://other.example', 'latchkey_revoke', [{ requestId: 'x', grantId }]),
    ).rejects.toMatchObject({ code: 4100, data: { reason: 'UNKNOWN_GRANT' } });
    await scene.popup('lock');
    void scene.dapp(origin, 'latchkey_revoke', [{ requestId: 'locked', grantId }]);
    await scene.changed();
    const [grant] = await scene.dapp(origin, 'latchkey_getPermissions');
    expect(grant?.state).toBe('revoking');
  });
});
