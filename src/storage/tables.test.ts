import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage, type Storage } from '.';
import { grantSample, ledgerSample } from './records.samples';

let storage: Storage;

beforeEach(async ({ task }) => {
  storage = await openStorage({ name: task.id });
});

afterEach(() => storage.close());

describe('grants', () => {
  it('are kept, changed, listed in order and removed', async () => {
    const { grants } = storage;
    await grants.put(grantSample({ grantId: 'z' }));
    await grants.put(grantSample({ grantId: 'a', origin: 'https://other.example' }));
    await grants.put(grantSample({ grantId: 'm' }));
    expect(await grants.get('z')).toEqual(grantSample({ grantId: 'z' }));
    expect(await grants.update('z', (grant) => ({ ...grant, state: 'failed' }))).toMatchObject({
      state: 'failed',
    });
    expect((await grants.all()).map(({ grantId }) => grantId)).toEqual(['z', 'a', 'm']);
    expect((await grants.ofOrigin('https://dapp.example')).map(({ grantId }) => grantId)).toEqual(['z', 'm']);
    await grants.remove('z');
    expect(await grants.get('z')).toBeUndefined();
    await expect(grants.update('z', (grant) => grant)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('ledger', () => {
  it('starts a record from none and lets no reservation get lost', async () => {
    const reserve = (request: string) =>
      storage.ledger.update('grant-1', 8453, (record = ledgerSample({ used: {}, reserved: {} })) => ({
        ...record,
        reserved: { ...record.reserved, [request]: { uses: 1n } },
      }));
    await Promise.all([reserve('a'), reserve('b'), reserve('c')]);
    const record = await storage.ledger.get('grant-1', 8453);
    expect(Object.keys(record?.reserved ?? {})).toEqual(['a', 'b', 'c']);
  });

  it('writes nothing when the change refuses', async () => {
    await storage.ledger.put(ledgerSample());
    const refused = storage.ledger.update('grant-1', 8453, () => {
      throw new RangeError('over the limit');
    });
    await expect(refused).rejects.toThrow('over the limit');
    expect(await storage.ledger.get('grant-1', 8453)).toEqual(ledgerSample());
  });

  it('refuses a change that names another grant or chain', async () => {
    const moved = storage.ledger.update('grant-1', 8453, () => ledgerSample({ chainId: 10 }));
    await expect(moved).rejects.toMatchObject({ code: 'INVALID' });
    expect(await storage.ledger.get('grant-1', 10)).toBeUndefined();
  });

  it('keeps chains and grants apart, and removes a grant on every chain', async () => {
    await storage.ledger.put(ledgerSample({ chainId: 10, used: { uses: 2n } }));
    await storage.ledger.put(ledgerSample({ chainId: 8453, used: { uses: 3n } }));
    await storage.ledger.put(ledgerSample({ grantId: 'grant-10' }));
    expect(await storage.ledger.get('grant-1', 10)).toMatchObject({ used: { uses: 2n } });
    await storage.ledger.remove('grant-1');
    expect(await storage.ledger.get('grant-1', 10)).toBeUndefined();
    expect(await storage.ledger.get('grant-1', 8453)).toBeUndefined();
    expect(await storage.ledger.get('grant-10', 8453)).toBeDefined();
  });
});

describe('connections', () => {
  it('hold one record per origin', async () => {
    const record = { origin: 'https://dapp.example', account: grantSample().account, createdAt: 1 };
    await storage.connections.put(record);
    await storage.connections.put({ ...record, createdAt: 2 });
    expect(await storage.connections.all()).toEqual([{ ...record, createdAt: 2 }]);
    expect(await storage.connections.get('https://other.example')).toBeUndefined();
    await storage.connections.remove(record.origin);
    expect(await storage.connections.get(record.origin)).toBeUndefined();
  });
});

describe('settings', () => {
  it('give undefined at first, then what was put', async () => {
    expect(await storage.settings.get()).toBeUndefined();
    await storage.settings.put({ nodeUrl: 'http://localhost:3000' });
    expect(await storage.settings.get()).toEqual({ nodeUrl: 'http://localhost:3000' });
  });

  it('refuse what can not be stored', async () => {
    await expect(storage.settings.put({ run: () => 1 })).rejects.toMatchObject({ code: 'INVALID' });
  });
});

describe('vault store', () => {
  it('never inserts over a header or a key', async () => {
    const { vault } = storage;
    const inserted = [vault.insertVault({ n: 1 }, []), vault.insertVault({ n: 2 }, [])];
    expect(await Promise.all(inserted)).toEqual([true, false]);
    expect(await vault.header()).toEqual({ n: 1 });
    expect(await vault.insertKey('k', { n: 1 })).toBe(true);
    expect(await vault.insertKey('k', { n: 2 })).toBe(false);
    expect(await vault.key('k')).toEqual({ n: 1 });
    expect(await vault.keys()).toEqual([{ id: 'k', record: { n: 1 } }]);
    await vault.removeKey('k');
    expect(await vault.keys()).toEqual([]);
  });

  it('inserts a header with its keys as a whole, and beside no key', async () => {
    const { vault } = storage;
    const keys = [
      { id: 'b', record: { n: 2 } },
      { id: 'a', record: { n: 1 } },
    ];
    const twice = vault.insertVault({ n: 0 }, [...keys, ...keys]);
    await expect(twice).rejects.toMatchObject({ code: 'CONFLICT' });
    expect([await vault.header(), await vault.keys()]).toEqual([undefined, []]);
    await vault.insertKey('stray', { n: 9 });
    expect(await vault.insertVault({ n: 0 }, keys)).toBe(false);
    expect(await vault.header()).toBeUndefined();
    await vault.removeKey('stray');
    expect(await vault.insertVault({ n: 0 }, keys)).toBe(true);
    expect((await vault.keys()).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('replaces a header or a key only when the stored one is the expected one', async () => {
    const { vault } = storage;
    const seen: unknown[] = [];
    const answer = (is: boolean) => (stored: unknown) => {
      seen.push(stored);
      return is;
    };
    await vault.insertVault({ n: 1 }, [{ id: 'k', record: { n: 1 } }]);
    expect(await vault.replaceHeader(answer(false), { n: 2 })).toBe(false);
    expect(await vault.replaceKey('k', answer(false), { n: 2 })).toBe(false);
    expect([await vault.header(), await vault.key('k')]).toEqual([{ n: 1 }, { n: 1 }]);
    expect(await vault.replaceHeader(answer(true), { n: 2 })).toBe(true);
    expect(await vault.replaceKey('k', answer(true), { n: 2 })).toBe(true);
    expect([await vault.header(), await vault.key('k')]).toEqual([{ n: 2 }, { n: 2 }]);
    expect(seen).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }, { n: 1 }]);
  });

  it('lets one of two replacements through that expect the same', async () => {
    const { vault } = storage;
    await vault.insertVault({ n: 1 }, []);
    const isFirst = (stored: unknown) => JSON.stringify(stored) === '{"n":1}';
    const replaced = [vault.replaceHeader(isFirst, { n: 2 }), vault.replaceHeader(isFirst, { n: 3 })];
    expect(await Promise.all(replaced)).toEqual([true, false]);
    expect(await vault.header()).toEqual({ n: 2 });
  });

  it('clears all of the vault and nothing else', async () => {
    const { vault, settings } = storage;
    await settings.put('kept');
    await vault.insertVault({ n: 1 }, [{ id: 'k', record: { n: 1 } }]);
    await vault.putAttempts({ n: 1 });
    await vault.putAutoLock({ n: 1 });
    await vault.clear();
    const left = [await vault.header(), await vault.keys(), await vault.attempts(), await vault.autoLock()];
    expect(left).toEqual([undefined, [], undefined, undefined]);
    expect(await settings.get()).toBe('kept');
  });

  it('keeps a non-extractable key usable and replaces it', async () => {
    const { vault } = storage;
    const newKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
    await vault.putUnlockKey(await newKey());
    await vault.putUnlockKey(await newKey());
    const kept = await vault.unlockKey();
    expect(kept).toBeInstanceOf(CryptoKey);
    expect(kept).toMatchObject({ extractable: false });
    await vault.removeUnlockKey();
    expect(await vault.unlockKey()).toBeUndefined();
  });
});
