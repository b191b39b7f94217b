import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRig, expectCode, failing, password, type Rig } from './vault.fixtures';

const newPassword = 'nine violet tractors hum';

let rig: Rig;

beforeEach(async ({ task }) => {
  rig = await createRig(task.id);
  await rig.vault.create({ password });
  await rig.vault.createKey({ id: 'a', kind: 'session' });
});

afterEach(() => rig.close());

/** Which of the two passwords opens the vault. */
const working = async () => {
  const opens = async (each: string) => {
    await rig.vault.lock();
    return rig.vault.unlock({ password: each }).then(
      () => [each],
      (error) => {
        expect(error).toMatchObject({ code: 'WRONG_PASSWORD' });
        return [];
      },
    );
  };
  return [...(await opens(password)), ...(await opens(newPassword))];
};

describe('a change of the password', () => {
  it('leaves the keys as they are and the vault unlocked', async () => {
    const [before, key] = [Object(await rig.store.header()), await rig.store.key('a')];
    const address = await rig.vault.address('a');
    const signer = await rig.vault.signer('a');
    await rig.vault.changePassword({ password, newPassword });
    expect(await rig.vault.status()).toBe('unlocked');
    expect((await signer.signMessage('0x00')).length).toBe(132);
    const after = Object(await rig.store.header());
    expect(after.createdAt).toBe(before.createdAt);
    expect(after.kdf.salt).not.toEqual(before.kdf.salt);
    expect(after.cipher.iv).not.toEqual(before.cipher.iv);
    expect(await rig.store.key('a')).toEqual(key);
    expect(await working()).toEqual([newPassword]);
    expect(await rig.vault.address('a')).toBe(address);
  });

  it('refuses a weak password, a wrong one and a locked vault', async () => {
    const before = await rig.store.header();
    await expectCode(rig.vault.changePassword({ password, newPassword: 'password1234' }), 'WEAK_PASSWORD');
    await expectCode(rig.vault.changePassword({ password: `${password}!`, newPassword }), 'WRONG_PASSWORD');
    await rig.vault.lock();
    await expectCode(rig.vault.changePassword({ password, newPassword }), 'LOCKED');
    expect(await rig.store.header()).toEqual(before);
  });

  it('counts wrong passwords together with those of the unlock', async () => {
    const change = () => rig.vault.changePassword({ password: 'not the right password', newPassword });
    for (let n = 0; n < 4; n += 1) await expectCode(change(), 'WRONG_PASSWORD');
    await expectCode(rig.vault.unlock({ password: 'not the right password' }), 'WRONG_PASSWORD');
    await expectCode(change(), 'TOO_MANY_ATTEMPTS');
    await expectCode(rig.vault.changePassword({ password, newPassword }), 'TOO_MANY_ATTEMPTS');
  });

  it('that ends before the header is replaced leaves the old password', async () => {
    const vault = rig.restart({ replaceHeader: failing });
    await expect(vault.changePassword({ password, newPassword })).rejects.toThrow('no space');
    expect(await working()).toEqual([password]);
  });

  it('that ends after the header is replaced leaves the new password and a locked vault', async () => {
    const vault = rig.restart({ putUnlockKey: failing });
    await expect(vault.changePassword({ password, newPassword })).rejects.toThrow('no space');
    expect(await rig.restart().status()).toBe('locked');
    expect(await working()).toEqual([newPassword]);
  });

  it('that comes second of two at a time changes nothing', async () => {
    let arrive = () => {};
    let release = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = rig.restart({
      replaceHeader: async (...input) => {
        arrive();
        await released;
        return rig.store.replaceHeader(...input);
      },
    });
    const second = slow.changePassword({ password, newPassword: 'eleven brass lanterns sway' });
    await arrived;
    await rig.vault.changePassword({ password, newPassword });
    release();
    await expectCode(second, 'VAULT_CHANGED');
    expect(await working()).toEqual([newPassword]);
  });
});
