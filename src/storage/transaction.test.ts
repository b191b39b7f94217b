import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, createConnection } from './connection';
import { StorageError } from './storageError';
import { read, write } from './transaction';

let connection: Connection;

beforeEach(({ task }) => {
  connection = createConnection({ name: task.id });
});

afterEach(() => connection.close());

const keys = () => read(connection, 'settings', (store) => store.getAllKeys());

describe('write', () => {
  it('takes back what was written before the work failed', async () => {
    const failed = write(connection, 'settings', async (store) => {
      await store.put(1, 'a');
      throw new RangeError('half way');
    });
    await expect(failed).rejects.toThrow('half way');
    expect(await keys()).toEqual([]);
  });

  it('fails as a whole when a request fails that nobody waited for', async () => {
    const failed = write(connection, 'settings', async (store) => {
      await store.add(1, 'a');
      store.add(2, 'a').catch(() => undefined);
      return 'done';
    });
    await expect(failed).rejects.toBeInstanceOf(StorageError);
    expect(await keys()).toEqual([]);
  });
});
