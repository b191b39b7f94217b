import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { password } from './testing/harness';
import { origin, type Scene } from './testing/scene';
import { useScene } from './testing/useScene';

let scene: Scene;

useScene(
  () => startDevnet(devnetOptionsFromEnvironment()),
  (current) => {
    ({ scene } = current);
  },
);

describe('a backup', () => {
  it('brings keys and permissions back, and the chain tells what was used', async () => {
    const { grantId = '' } = await scene.grant('g', [scene.home], 3n);
    const { text, damagedKeys } = await scene.popup('exportBackup', { password });
    expect(damagedKeys).toEqual([]);
    expect(text).not.toContain(grantId);
    await scene.use('after-the-backup');
    expect(await scene.popup('resetVault', { confirm: 'delete all keys' })).toMatchObject({ vault: 'none' });
    expect(await scene.dapp(origin, 'latchkey_getPermissions')).toEqual([]);
    expect(await scene.dapp(origin, 'eth_accounts')).toEqual([]);

    const newPassword = 'another horse with other batteries';
    const wrong = scene.popup('importBackup', { text, password: newPassword });
    await expect(wrong).rejects.toMatchObject({ code: 4100, data: { reason: 'WRONG_PASSWORD' } });
    const { state } = await scene.popup('importBackup', { text, password, newPassword });
    expect(state).toMatchObject({ vault: 'unlocked', owner: scene.owner });
    expect(await scene.dapp(origin, 'eth_accounts')).toEqual([scene.account]);
    expect((await scene.popup('listGrants'))[0]).toMatchObject({ grantId, usage: [{ used: [1n, 0n] }] });
    expect(await scene.use('again')).toMatchObject({ grantId });
    await scene.popup('lock');
    expect(await scene.popup('unlock', { password: newPassword })).toMatchObject({ vault: 'unlocked' });
  });
});

describe('settings', () => {
  it('carry the time to the lock, which the vault keeps', async () => {
    const settings = await scene.popup('getSettings');
    expect(settings.autoLockMinutes).toBe(15);
    expect(await scene.popup('saveSettings', { ...settings, autoLockMinutes: 5 })).toMatchObject({
      autoLockMinutes: 5,
    });
    const { autoLockMinutes: _left, ...rest } = settings;
    expect(await scene.popup('saveSettings', rest)).toMatchObject({ autoLockMinutes: 5 });
  });
});
