import type { Address, Hex } from 'viem';
import { hashMessage, isHex, size } from 'viem/utils';
import type { VaultStore } from '../storage/vaultStore';
import { parseKeyRecord, provenAddress, sealKey, signDigest } from './keyRecord';
import { newPrivateKey } from './privateKey';
import type { Queue } from './queue';
import type { KeyKind, Signer, Vault } from './vault';
import { VaultError } from './vaultError';

interface KeyringDependencies {
  store: VaultStore;
  /** The data key, or an error when the vault is locked. */
  dataKey: () => Promise<CryptoKey>;
  inTurn: Queue;
}

type Keyring = Pick<Vault, 'createKey' | 'hasKey' | 'address' | 'signer' | 'destroyKey'>;

/** The keys of an unlocked vault. Each use decrypts one key, uses it and zeroes it. */
export const createKeyring = ({ store, dataKey, inTurn }: KeyringDependencies): Keyring => {
  const open = async (id: string) => {
    const key = await dataKey();
    return { key, record: await parseKeyRecord(id, await store.key(id)) };
  };

  const address = async (id: string): Promise<Address> => {
    const { key, record } = await open(id);
    return provenAddress(record, key);
  };

  const createKey = async (id: string, kind: KeyKind): Promise<Address> => {
    const key = await dataKey();
    const privateKey = newPrivateKey();
    try {
      const record = await sealKey({ id, kind }, privateKey, key);
      if (!(await store.insertKey(id, record))) throw new VaultError('KEY_EXISTS');
    } finally {
      privateKey.fill(0);
    }
    return address(id);
  };

  const sign = async (id: string, signedBy: Address, digest: Hex): Promise<Hex> => {
    const { key, record } = await open(id);
    if (record.address !== signedBy) throw new VaultError('UNKNOWN_KEY');
    return signDigest(record, key, digest);
  };

  const signer = async (id: string): Promise<Signer> => {
    const signedBy = await address(id);
    return {
      address: signedBy,
      signDigest: (digest) => inTurn(async () => sign(id, signedBy, assertDigest(digest))),
      signMessage: (raw) => inTurn(async () => sign(id, signedBy, hashMessage({ raw: assertBytes(raw) }))),
    };
  };

  return {
    createKey: ({ id, kind }) => inTurn(() => createKey(id, kind)),
    hasKey: (id) => inTurn(async () => (await store.key(id)) !== undefined),
    address: (id) => inTurn(() => address(id)),
    signer: (id) => inTurn(() => signer(id)),
    destroyKey: (id) => inTurn(() => store.removeKey(id)),
  };
};

const assertBytes = (value: Hex): Hex => {
  if (isHex(value, { strict: true }) && value.length % 2 === 0) return value;
  throw new VaultError('INVALID_DIGEST');
};

const assertDigest = (value: Hex): Hex => {
  if (size(assertBytes(value)) === 32) return value;
  throw new VaultError('INVALID_DIGEST');
};
