import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PopupParams, PopupProcedure } from '../../rpc/popup/procedures';
import { maxBackupLength } from '../../rpc/ports';
import { openStorage } from '../../storage/index';
import { createVaultService } from '../../vault/index';
import { createFakeMemory } from '../testing/browserFakes';
import { createHarness, password } from '../testing/harness';

type Harness = Awaited<ReturnType<typeof createHarness>>;

let harness: Harness;

const noNetwork: typeof fetch = () => Promise.reject(new TypeError('no network'));

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  harness = await createHarness({ fetch: noNetwork });
});

afterEach(() => {
  harness.stop();
  expect(harness.defects).toEqual([]);
});

const refusalOf = <P extends PopupProcedure>(method: P, params: PopupParams<P>) =>
  harness.popup(method, params).then(
    () => 'accepted',
    ({ code, message, data }) => ({ code, reason: data.reason, message }),
  );

const sentence = expect.stringMatching(/\S+ \S+/);

/** A backup of the vault alone, as no version of the extension writes it. */
const backupWithoutPayload = async (): Promise<string> => {
  const storage = await openStorage({ name: 'elsewhere' });
  const vault = createVaultService({
    store: storage.vault,
    session: createFakeMemory().area,
    now: () => 1_800_000_000,
  });
  await vault.create({ password });
  const { text } = await vault.exportBackup({ password });
  storage.close();
  return text;
};

describe("what the person got wrong in the extension's own pages", () => {
  it.each([
    ['a weak password', 'createVault', { password: 'password1' }, 'WEAK_PASSWORD'],
    ['a file that is no backup', 'importBackup', { text: '{}', password }, 'BACKUP_DAMAGED'],
    [
      'a backup of a newer version',
      'importBackup',
      { text: '{"format":"latchkey backup","version":2}', password },
      'BACKUP_NOT_SUPPORTED',
    ],
    ['a request that is not stored', 'getRequest', { id: 'gone' }, 'REQUEST_NOT_FOUND'],
  ] as const)('%s is refused with a sentence', async (_what, method, params, reason) => {
    if (method === 'getRequest') await harness.popup('createVault', { password });
    expect(await refusalOf(method, params)).toEqual({ code: -32602, reason, message: sentence });
  });

  it('a text too large to be a backup is refused with the limit', async () => {
    const text = 'x'.repeat(maxBackupLength + 1);
    expect(await refusalOf('importBackup', { text, password })).toEqual({
      code: -32602,
      reason: 'INVALID_PARAMS',
      message: expect.stringContaining(`more than ${maxBackupLength} characters`),
    });
    expect(await refusalOf('importBackup', { text: text.slice(1), password })).toMatchObject({
      reason: 'BACKUP_DAMAGED',
    });
  });

  it('a backup without permissions is refused before any key is stored', async () => {
    const text = await backupWithoutPayload();
    const reason = 'BACKUP_UNREADABLE';
    expect(await refusalOf('importBackup', { text, password })).toEqual({
      code: -32602,
      reason,
      message: sentence,
    });
    expect(await harness.popup('getState')).toMatchObject({ vault: 'none' });
  });

  it.each([0, 1.5, 1441])('%s minutes to the lock are refused with the range', async (autoLockMinutes) => {
    await harness.popup('createVault', { password });
    const { networks, nodeUrl } = await harness.popup('getSettings');
    expect(await refusalOf('saveSettings', { networks, nodeUrl, autoLockMinutes })).toEqual({
      code: -32602,
      reason: 'INVALID_PARAMS',
      message: expect.stringContaining('whole minutes, from 1 to 1440'),
    });
  });

  it('a reset without its words is refused, and nothing is deleted', async () => {
    await harness.popup('createVault', { password });
    const confirm = 'yes' as 'delete all keys';
    expect(await refusalOf('resetVault', { confirm })).toMatchObject({
      code: -32602,
      message: expect.stringContaining('delete all keys'),
    });
    expect(await harness.popup('getState')).toMatchObject({ vault: 'unlocked' });
  });
});
