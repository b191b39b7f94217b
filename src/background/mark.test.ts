import { padHex } from 'viem';
import { describe, expect, it } from 'vitest';
import type { SettingsTable } from '../storage/storage';
import { createMark } from './mark';
import { createSettings, defaultSettings } from './settings';

const tableWith = (stored?: unknown): SettingsTable => {
  let value = stored;
  return {
    get: async () => value,
    put: async (next) => {
      value = next;
    },
  };
};

const saltsFrom = (...bytes: `0x${string}`[]) => {
  const left = [...bytes];
  return () => padHex(left.shift() ?? '0xffff', { dir: 'right', size: 32 });
};

describe('the mark', () => {
  it('is made once, also when asked for twice at once, and outlives the worker', async () => {
    const table = tableWith();
    const mark = createMark({ settings: createSettings(table), randomSalt: saltsFrom('0x0015', '0x0102') });
    expect(await Promise.all([mark(), mark()])).toEqual(['amber otter', 'amber otter']);
    const later = createMark({ settings: createSettings(table), randomSalt: saltsFrom('0x0102') });
    expect(await later()).toBe('amber otter');
  });

  it('differs with the random bytes and changes nothing else of the settings', async () => {
    const settings = createSettings(tableWith());
    const mark = createMark({ settings, randomSalt: saltsFrom('0x1f1f') });
    expect(await mark()).toBe('winter walnut');
    expect(await settings.get()).toEqual({ ...defaultSettings, mark: 'winter walnut' });
  });

  it('writes nothing over settings that can not be read', async () => {
    const table = tableWith({ from: 'a later version' });
    const mark = createMark({ settings: createSettings(table), randomSalt: saltsFrom('0x0015') });
    expect([await mark(), await mark()]).toEqual(['amber otter', 'amber otter']);
    expect(await table.get()).toEqual({ from: 'a later version' });
  });

  it('is what the person made it', async () => {
    const settings = createSettings(tableWith());
    await settings.save({ ...defaultSettings, mark: 'my own' });
    expect(await createMark({ settings, randomSalt: saltsFrom() })()).toBe('my own');
  });
});
