import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { recoverAddress, zeroHash } from 'viem';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxBackupLength } from '../rpc/ports';
import { newDataKey } from './aes';
import { type Backup, readBackup, writeBackup } from './backupFile';
import { encodeBytesJson, reviveBytes } from './bytesJson';
import { checksumOf, sha256 } from './fields';
import { createHeader } from './header';
import { sealKey } from './keyRecord';
import { newPrivateKey } from './privateKey';
import { cheap, createRig, expectCode, failing, flip, password, type Rig } from './vault.fixtures';

const newPassword = 'nine violet tractors hum';
const payload = '{"grants":[{"origin":"https://dapp.example"}]}';
const old = JSON.parse(readFileSync(new URL('./stored.vectors.json', import.meta.url), 'utf8'), reviveBytes);

/** The vault that is backed up, and the empty one that a backup goes into. */
let from: Rig;
let into: Rig;

beforeEach(async ({ task }) => {
  from = await createRig(`${task.id} from`);
  into = await createRig(`${task.id} into`);
  await from.vault.create({ password });
  await from.vault.createKey({ id: 'owner', kind: 'owner' });
  await from.vault.createKey({ id: 'session:a', kind: 'session' });
});

afterEach(() => {
  from.close();
  into.close();
});

const textOf = async (): Promise<string> => (await from.vault.exportBackup({ password, payload })).text;

/** The text of a backup with a checksum that fits whatever is in it. */
const textWith = async (backup: Backup): Promise<string> => {
  const content = await sha256(backup.ciphertext);
  const fields = ['latchkey backup checksum', backup.header.checksum, backup.iv, content];
  return encodeBytesJson({
    ...{ format: 'latchkey backup', version: 1, ...backup },
    checksum: await checksumOf(fields),
  });
};

const isEmpty = async (rig: Rig) => {
  expect([await rig.store.header(), await rig.store.keys()]).toEqual([undefined, []]);
  expect(await rig.vault.status()).toBe('none');
};

describe('a backup', () => {
  it('brings every key and the payload into an empty vault, and leaves it unlocked', async () => {
    from.clock.now += 50;
    const text = await textOf();
    const payloads: string[] = [];
    const restored = await into.vault.importBackup({
      text,
      password,
      restorePayload: async (given) => void payloads.push(given),
    });
    expect(restored).toEqual({ createdAt: 1_700_000_050, keyIds: ['owner', 'session:a'] });
    expect(payloads).toEqual([payload]);
    expect(await into.vault.status()).toBe('unlocked');
    for (const id of restored.keyIds) {
      const signer = await into.vault.signer(id);
      expect(signer.address).toBe(await from.vault.address(id));
      const signature = await signer.signDigest(zeroHash);
      expect(await recoverAddress({ hash: zeroHash, signature })).toBe(signer.address);
    }
    expect(await into.store.key('owner')).toMatchObject({ version: 2, kind: 'owner' });
    expect(await into.store.key('session:a')).toMatchObject({ version: 2, kind: 'session' });
    await into.vault.lock();
    await into.vault.unlock({ password });
  });

  it('can get a new password, which is then the only one', async () => {
    await into.vault.importBackup({ text: await textOf(), password, newPassword });
    await into.vault.lock();
    await expectCode(into.vault.unlock({ password }), 'WRONG_PASSWORD');
    await into.vault.unlock({ password: newPassword });
  });

  it('shares no key with the vault, nor with the vault it is imported into', async () => {
    const text = await textOf();
    await into.vault.importBackup({ text, password });
    const [header] = [(await readBackup(text, cheap)).header];
    const headers = [header, Object(await from.store.header()), Object(await into.store.header())];
    for (const field of [(each: typeof header) => each.kdf.salt, (each: typeof header) => each.cipher.iv]) {
      expect(new Set(headers.map((each) => field(each).join())).size).toBe(3);
    }
    await into.store.replaceHeader(() => true, header);
    await into.vault.unlock({ password });
    await expectCode(into.vault.address('owner'), 'DAMAGED');
  });

  it('made by an earlier version can be imported', async () => {
    let given = '';
    await into.vault.importBackup({
      text: old.backup,
      password: old.password,
      restorePayload: async (text) => {
        given = text;
      },
    });
    expect(given).toBe('{"grants":[]}');
    expect(await into.vault.address('session:a')).toBe(old.address);
  });

  it('holds no key, name, address or payload in the clear', async () => {
    await into.store.insertVault(old.header, [{ id: 'owner', record: old.keyVersion2 }]);
    await into.vault.unlock({ password: old.password });
    const { text } = await into.vault.exportBackup({ password: old.password, payload });
    const key = Buffer.alloc(32, 0x11);
    const secrets = [key.toString('hex'), key.toString('base64').slice(0, 40), old.address, 'owner', 'dapp'];
    for (const secret of secrets) expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
  });
});

describe('an export', () => {
  it('needs the password although the vault is unlocked, and counts the wrong ones', async () => {
    const wrong = () => from.vault.exportBackup({ password: 'not the right password' });
    for (let n = 0; n < 5; n += 1) await expectCode(wrong(), 'WRONG_PASSWORD');
    await expectCode(from.vault.exportBackup({ password }), 'TOO_MANY_ATTEMPTS');
    from.clock.now += 5;
    await from.vault.exportBackup({ password });
    await from.vault.lock();
    await expectCode(from.vault.exportBackup({ password }), 'LOCKED');
  });

  it('leaves out what is damaged and says so', async () => {
    const record = Object(await from.store.key('owner'));
    const torn = { ...record, ciphertext: flip(record.ciphertext, 0) };
    await from.store.replaceKey('owner', () => true, torn);
    const { text, damagedKeys } = await from.vault.exportBackup({ password });
    expect(damagedKeys).toEqual(['owner']);
    expect(await into.vault.importBackup({ text, password })).toMatchObject({ keyIds: ['session:a'] });
    expect(await from.store.key('owner')).toEqual(torn);
  });

  it('refuses a payload that no import would take', async () => {
    const large = from.vault.exportBackup({ password, payload: 'x'.repeat(maxBackupLength * 0.75) });
    await expectCode(large, 'BACKUP_TOO_LARGE');
    const { text } = await from.vault.exportBackup({
      password,
      payload: 'x'.repeat(maxBackupLength * 0.75 - 2_500),
    });
    await into.vault.importBackup({ text, password });
  });
});

describe('an import', () => {
  it('refuses a backup with any character changed, cut or missing, and stores nothing', async () => {
    const text = await textOf();
    const changed = [
      ...Array.from(text, (_, at) => {
        const other = String.fromCharCode(text.charCodeAt(at) ^ 1);
        return text.slice(0, at) + other + text.slice(at + 1);
      }),
      ...[0, 1, text.length / 2, text.length - 1].map((length) => text.slice(0, length)),
      ...['null', '[]', '{}', '"text"', text.slice(1), `${text}${text}`],
    ];
    for (const each of changed) await expectCode(readBackup(each, cheap), 'BACKUP_DAMAGED');
    await expectCode(into.vault.importBackup({ text: text.slice(1), password }), 'BACKUP_DAMAGED');
    await isEmpty(into);
  });

  it('refuses changed content, also when its checksum fits', async () => {
    const backup = await readBackup(await textOf(), cheap);
    for (const at of [0, 100, backup.ciphertext.length - 1]) {
      const text = await textWith({ ...backup, ciphertext: flip(backup.ciphertext, at) });
      await expectCode(into.vault.importBackup({ text, password }), 'BACKUP_DAMAGED');
    }
    const { header } = await createHeader(password, cheap, 0);
    const text = await textWith({ ...backup, header });
    await expectCode(into.vault.importBackup({ text, password }), 'BACKUP_DAMAGED');
    await into.vault.importBackup({ text: await textWith(backup), password });
    await into.vault.reset({ confirm: 'delete all keys' });
    await isEmpty(into);
  });

  it('refuses content that is no keys and payload', async () => {
    const { header, dataKey } = await createHeader(password, cheap, 0);
    const key = await sealKey({ id: 'a', kind: 'session' }, newPrivateKey(), dataKey);
    const foreign = await sealKey({ id: 'a', kind: 'session' }, newPrivateKey(), await newDataKey());
    const good = { keys: [key], payload };
    const write = (content: unknown) => writeBackup(header, dataKey, content as typeof good);
    await into.vault.importBackup({ text: await write(good), password });
    await into.vault.reset({ confirm: 'delete all keys' });
    const wrong = [
      'text',
      { keys: [key] },
      { ...good, payload: 7 },
      { ...good, more: 1 },
      { ...good, keys: [{}] },
      { ...good, keys: [{ ...key, id: 'b' }] },
      { ...good, keys: [key, foreign] },
    ];
    for (const content of wrong) {
      await expectCode(into.vault.importBackup({ text: await write(content), password }), 'BACKUP_DAMAGED');
    }
    await isEmpty(into);
  });

  it('tells a wrong password from damage, and does not rate a password that opens nothing', async () => {
    const text = await textOf();
    for (const wrong of ['not the right password', 'short']) {
      await expectCode(into.vault.importBackup({ text, password: wrong }), 'WRONG_PASSWORD');
    }
    await isEmpty(into);
  });

  it('refuses a weak new password', async () => {
    const text = await textOf();
    const weak = into.vault.importBackup({ text, password, newPassword: 'password1234' });
    await expectCode(weak, 'WEAK_PASSWORD');
    await isEmpty(into);
  });

  it('refuses one that costs a guesser less than the floor, before any key is derived', async () => {
    const strict = into.restart({}, { iterations: 2_000, lowest: 2_000 });
    await expectCode(strict.importBackup({ text: await textOf(), password }), 'BACKUP_DAMAGED');
  });

  it('refuses one of a newer version and one that is too long', async () => {
    const text = await textOf();
    const newer = text.replace('"version":1', '"version":2');
    await expectCode(into.vault.importBackup({ text: newer, password }), 'BACKUP_NOT_SUPPORTED');
    const long = text + ' '.repeat(maxBackupLength - text.length);
    await expectCode(into.vault.importBackup({ text: `${long} `, password }), 'BACKUP_TOO_LARGE');
    await into.vault.importBackup({ text: long, password });
  });

  it('writes over no vault, readable or not', async () => {
    const text = await textOf();
    const header = await from.store.header();
    await expectCode(from.vault.importBackup({ text, password }), 'VAULT_EXISTS');
    await from.vault.lock();
    await expectCode(from.vault.importBackup({ text, password }), 'VAULT_EXISTS');
    expect(await from.store.header()).toEqual(header);
    const torn = { ...Object(header), version: 9 };
    await from.store.replaceHeader(() => true, torn);
    await expectCode(from.vault.importBackup({ text, password }), 'DAMAGED');
    expect(await from.store.header()).toEqual(torn);
    await into.store.insertKey('stray', { version: 1 });
    await expectCode(into.vault.importBackup({ text, password }), 'DAMAGED');
    expect(await into.store.keys()).toEqual([{ id: 'stray', record: { version: 1 } }]);
  });

  it('stores no key when the payload can not be restored, and can be tried again', async () => {
    const text = await textOf();
    await expect(into.vault.importBackup({ text, password, restorePayload: failing })).rejects.toThrow();
    await isEmpty(into);
    const statuses: string[] = [];
    await into.vault.importBackup({
      text,
      password,
      restorePayload: async () => void statuses.push(await into.vault.status()),
    });
    expect(statuses).toEqual(['none']);
  });

  it('gives way to a vault that was made meanwhile', async () => {
    const late = into.vault.importBackup({
      text: await textOf(),
      password,
      restorePayload: () => into.restart().create({ password: newPassword }),
    });
    await expectCode(late, 'VAULT_EXISTS');
    expect(await into.store.keys()).toEqual([]);
    await into.vault.unlock({ password: newPassword });
  });
});
