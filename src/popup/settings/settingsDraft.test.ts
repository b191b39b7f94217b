import { describe, expect, it } from 'vitest';
import type { Settings } from '../../rpc/popup/procedures';
import {
  draftOf,
  readDraft,
  type SettingsDraft,
  withNetworkField,
  withNewNetwork,
  withoutNetwork,
} from './settingsDraft';

const settings: Settings = {
  nodeUrl: 'https://network.example/v1',
  nodeApiKey: 'key-1',
  mark: 'amber otter',
  networks: [
    { chainId: 8453, name: 'Base', rpcUrl: 'https://base.example', nativeSymbol: 'ETH' },
    { chainId: 10, name: 'Optimism', rpcUrl: 'http://127.0.0.1:8545', nativeSymbol: 'ETH' },
  ],
};

const errorsOf = (draft: SettingsDraft) => {
  const result = readDraft(draft);
  return result.ok ? {} : result.errors;
};

describe('readDraft', () => {
  it('gives back what it was made from', () => {
    expect(readDraft(draftOf(settings))).toEqual({ ok: true, settings });
  });

  it('leaves out an empty API key', () => {
    const result = readDraft({ ...draftOf(settings), nodeApiKey: '  ' });
    expect(result.ok && 'nodeApiKey' in result.settings).toBe(false);
  });

  it('takes whole minutes of a day, and leaves out none', () => {
    const typed = (autoLockMinutes: string) => readDraft({ ...draftOf(settings), autoLockMinutes });
    expect(typed(' 15 ')).toMatchObject({ ok: true, settings: { autoLockMinutes: 15 } });
    expect(typed('')).toEqual({ ok: true, settings });
    for (const wrong of ['0', '1441', '1.5', '1e2', '0x10', '-5', 'ten']) {
      expect(typed(wrong), wrong).toMatchObject({
        ok: false,
        errors: { autoLockMinutes: expect.any(String) },
      });
    }
  });

  it('names the field of every error', () => {
    let draft: SettingsDraft = { ...draftOf(settings), nodeUrl: 'ftp://x', nodeApiKey: 'k'.repeat(513) };
    draft = withNetworkField(draft, 1, 'rpcUrl', 'localhost');
    draft = withNetworkField(draft, 0, 'chainId', 'base');
    expect(Object.keys(errorsOf(draft)).sort()).toEqual(['0.chainId', '1.rpcUrl', 'nodeApiKey', 'nodeUrl']);
  });

  it('keeps errors with their row after another row was removed', () => {
    const draft = withNetworkField(withoutNetwork(draftOf(settings), 0), 1, 'name', ' ');
    expect(Object.keys(errorsOf(draft))).toEqual(['1.name']);
  });

  it('refuses a chain twice, however it is written', () => {
    const draft = withNetworkField(draftOf(settings), 1, 'chainId', '0x2105');
    expect(errorsOf(draft)).toEqual({ '1.chainId': 'This chain is already in the list.' });
  });

  it('asks for at least one network', () => {
    expect(errorsOf({ ...draftOf(settings), networks: [] })).toEqual({
      networks: 'At least one network is needed, and at most 32.',
    });
  });

  it('asks for what a new row lacks', () => {
    const keys = Object.keys(errorsOf(withNewNetwork(draftOf(settings)))).sort();
    expect(keys).toEqual(['2.chainId', '2.name', '2.rpcUrl']);
  });
});

describe('withNewNetwork', () => {
  it('never reuses the key of a row that is there', () => {
    const draft = withNewNetwork(withoutNetwork(draftOf(settings), 0));
    expect(draft.networks.map(({ key }) => key)).toEqual([1, 2]);
  });
});
