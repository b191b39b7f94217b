import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeMessage } from '../rpc/codec';
import { openStorage, type Storage } from '.';
import { connectSample, prepareSample, useSample } from './records.samples';

let storage: Storage;

beforeEach(async ({ task }) => {
  storage = await openStorage({ name: task.id });
});

afterEach(() => storage.close());

describe('requests', () => {
  it('give back every field as it was put, bigints and order included', async () => {
    for (const record of [
      prepareSample(),
      useSample({ id: '2', requestId: 'b' }),
      connectSample({ id: '3', requestId: 'c' }),
    ]) {
      await storage.requests.put(record);
      const read = await storage.requests.get(record.id);
      expect(read).toEqual(record);
      expect(encodeMessage(read)).toBe(encodeMessage(record));
    }
  });

  it('are found by origin and the id of the dapp, and by nothing else', async () => {
    await storage.requests.put(useSample());
    expect(await storage.requests.find('https://dapp.example', 'dapp-1')).toEqual(useSample());
    expect(await storage.requests.find('https://other.example', 'dapp-1')).toBeUndefined();
    expect(await storage.requests.find('https://dapp.example', 'dapp-2')).toBeUndefined();
  });

  it('are inserted once when asked twice at the same time', async () => {
    const both = await Promise.all([
      storage.requests.insert(useSample({ id: 'first' })),
      storage.requests.insert(useSample({ id: 'second' })),
    ]);
    expect(both.map(({ inserted }) => inserted)).toEqual([true, false]);
    expect(both.map(({ record }) => record.id)).toEqual(['first', 'first']);
    expect(await storage.requests.get('second')).toBeUndefined();
  });

  it('refuse to be put under a name that another request has', async () => {
    await storage.requests.put(useSample({ id: 'first' }));
    await expect(storage.requests.put(useSample({ id: 'second' }))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await storage.requests.find('https://dapp.example', 'dapp-1')).toMatchObject({ id: 'first' });
  });

  it('lose no change when changed at the same time', async () => {
    await storage.requests.put(useSample({ updatedAt: 0 }));
    const bump = () =>
      storage.requests.update('request-1', (record) => ({ ...record, updatedAt: record.updatedAt + 1 }));
    const results = await Promise.all([bump(), bump(), bump()]);
    expect(results.map(({ updatedAt }) => updatedAt)).toEqual([1, 2, 3]);
    expect(await storage.requests.get('request-1')).toMatchObject({ updatedAt: 3 });
  });

  it('stay as they are when the change gives undefined or throws', async () => {
    await storage.requests.put(useSample());
    expect(await storage.requests.update('request-1', () => undefined)).toEqual(useSample());
    const refusal = new RangeError('not now');
    const refused = storage.requests.update('request-1', () => {
      throw refusal;
    });
    await expect(refused).rejects.toBe(refusal);
    expect(await storage.requests.get('request-1')).toEqual(useSample());
  });

  it('give NOT_FOUND when the one to change is gone', async () => {
    await expect(storage.requests.update('none', (record) => record)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('refuse a change of their id', async () => {
    await storage.requests.put(useSample());
    const renamed = storage.requests.update('request-1', (record) => ({ ...record, id: 'request-2' }));
    await expect(renamed).rejects.toMatchObject({ code: 'INVALID' });
    expect(await storage.requests.get('request-2')).toBeUndefined();
  });

  it('refuse a record that could not be read back', async () => {
    const put = storage.requests.put(useSample({ updatedAt: Number.NaN }));
    await expect(put).rejects.toMatchObject({ code: 'INVALID' });
    expect(await storage.requests.get('request-1')).toBeUndefined();
  });

  it('are listed by state in the order in which they came', async () => {
    const states = ['submitted', 'received', 'confirmed', 'submitted'] as const;
    for (const [index, state] of states.entries()) {
      await storage.requests.put(useSample({ id: `z${9 - index}`, requestId: `r${index}`, state }));
    }
    await storage.requests.update('z9', (record) => ({ ...record, updatedAt: record.updatedAt + 5 }));
    const open = await storage.requests.inStates(['received', 'submitted', 'received']);
    expect(open.map(({ id }) => id)).toEqual(['z9', 'z8', 'z6']);
    expect(await storage.requests.inStates([])).toEqual([]);
  });

  it('are listed by origin and removed by id', async () => {
    await storage.requests.put(useSample({ id: 'a', requestId: '1' }));
    await storage.requests.put(useSample({ id: 'b', requestId: '2', origin: 'https://other.example' }));
    await storage.requests.put(useSample({ id: 'c', requestId: '3' }));
    const mine = async () => (await storage.requests.ofOrigin('https://dapp.example')).map(({ id }) => id);
    expect(await mine()).toEqual(['a', 'c']);
    await storage.requests.remove('a');
    await storage.requests.remove('a');
    expect(await mine()).toEqual(['c']);
  });
});
