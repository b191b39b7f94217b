import * as v from 'valibot';
import { type Settings, settingsSchema } from '../../rpc/popup/settings';

/** A network as typed. `key` names its row while it is edited. */
export type NetworkDraft = {
  key: number;
  chainId: string;
  name: string;
  rpcUrl: string;
  nativeSymbol: string;
};

/** The settings as typed. */
export type SettingsDraft = {
  nodeUrl: string;
  nodeApiKey: string;
  /** Empty: as it was. */
  mark: string;
  /** Empty: as it was. */
  autoLockMinutes: string;
  networks: readonly NetworkDraft[];
};

export type NetworkField = Exclude<keyof NetworkDraft, 'key'>;

/** Errors by field: `nodeUrl`, `nodeApiKey`, `mark`, `autoLockMinutes`, `networks`, or `<row key>.<field>` of a network. */
export type DraftErrors = Readonly<Record<string, string>>;

export type DraftResult = { ok: true; settings: Settings } | { ok: false; errors: DraftErrors };

/** The settings as they are put in the form. */
export function draftOf(settings: Settings): SettingsDraft {
  return {
    nodeUrl: settings.nodeUrl,
    nodeApiKey: settings.nodeApiKey ?? '',
    mark: settings.mark ?? '',
    autoLockMinutes: settings.autoLockMinutes?.toString() ?? '',
    networks: settings.networks.map((network, key) => ({
      ...network,
      key,
      chainId: String(network.chainId),
    })),
  };
}

/** The draft with one more, empty network. */
export function withNewNetwork(draft: SettingsDraft): SettingsDraft {
  const key = Math.max(-1, ...draft.networks.map((network) => network.key)) + 1;
  return {
    ...draft,
    networks: [...draft.networks, { key, chainId: '', name: '', rpcUrl: '', nativeSymbol: 'ETH' }],
  };
}

/** The draft with one field of one network changed. */
export function withNetworkField(
  draft: SettingsDraft,
  key: number,
  field: NetworkField,
  value: string,
): SettingsDraft {
  const networks = draft.networks.map((network) =>
    network.key === key ? { ...network, [field]: value } : network,
  );
  return { ...draft, networks };
}

/** The draft without one network. */
export function withoutNetwork(draft: SettingsDraft, key: number): SettingsDraft {
  return { ...draft, networks: draft.networks.filter((network) => network.key !== key) };
}

const sentences: Record<string, string> = {
  nodeUrl: 'Enter an address that starts with https:// or http://.',
  rpcUrl: 'Enter an address that starts with https:// or http://.',
  nodeApiKey: 'An API key has at most 512 characters.',
  mark: 'A mark has at most 32 characters.',
  autoLockMinutes: 'Enter whole minutes, from 1 to 1440.',
  chainId: 'Enter the chain’s id, such as 8453.',
  name: 'Enter a name of 1 to 64 characters.',
  nativeSymbol: 'Enter a symbol of 1 to 12 characters, such as ETH.',
  networks: 'At least one network is needed, and at most 32.',
};

function issueField(issue: v.BaseIssue<unknown>, draft: SettingsDraft): [field: string, sentence: string] {
  const [first, row, column] = issue.path?.map(({ key }) => key) ?? [];
  const network = typeof row === 'number' ? draft.networks[row] : undefined;
  if (network === undefined) return [String(first), sentences[String(first)] ?? issue.message];
  return [`${network.key}.${String(column)}`, sentences[String(column)] ?? issue.message];
}

function duplicateErrors(draft: SettingsDraft, settings: Settings): DraftErrors {
  const ids = settings.networks.map(({ chainId }) => chainId);
  const repeated = draft.networks.filter((_, index) => ids.indexOf(ids[index] ?? 0) !== index);
  return Object.fromEntries(
    repeated.map(({ key }) => [`${key}.chainId`, 'This chain is already in the list.']),
  );
}

const minutesOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);

/** Checks what was typed by the schema that the background uses too. Spaces around texts don't count. */
export function readDraft(draft: SettingsDraft): DraftResult {
  const nodeApiKey = draft.nodeApiKey.trim();
  const mark = draft.mark.trim();
  const autoLock = draft.autoLockMinutes.trim();
  const parsed = v.safeParse(settingsSchema, {
    nodeUrl: draft.nodeUrl.trim(),
    ...(nodeApiKey === '' ? {} : { nodeApiKey }),
    ...(mark === '' ? {} : { mark }),
    ...(autoLock === '' ? {} : { autoLockMinutes: minutesOf(autoLock) }),
    networks: draft.networks.map(({ chainId, name, rpcUrl, nativeSymbol }) => ({
      chainId: chainId.trim(),
      name: name.trim(),
      rpcUrl: rpcUrl.trim(),
      nativeSymbol: nativeSymbol.trim(),
    })),
  });
  if (!parsed.success) {
    return { ok: false, errors: Object.fromEntries(parsed.issues.map((issue) => issueField(issue, draft))) };
  }
  const errors = duplicateErrors(draft, parsed.output);
  return Object.keys(errors).length === 0 ? { ok: true, settings: parsed.output } : { ok: false, errors };
}
