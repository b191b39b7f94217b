import type { Address } from 'viem';
import { decodeNonce, nonceFromKey, nonceKey } from '../../protocol/account/nonce';
import { validationModes } from '../../protocol/constants/modes';
import type { Chains } from '../chain/chains';

/** 24 random bits. */
export type RandomHint = () => bigint;

/**
 * Nonces under fresh random keys, all different, each with sequence 0.
 * @param validator zero for the account's default validator
 */
export const freshNonces = (count: number, validator: Address, randomHint: RandomHint): readonly bigint[] => {
  const keys = new Set<bigint>();
  while (keys.size < count)
    keys.add(nonceKey({ hint: randomHint(), mode: validationModes.validate, validator }));
  return [...keys].map((key) => nonceFromKey(key, 0n));
};

/** The same keys with the sequences that EntryPoint has counted. */
export const countedNonces = (
  nonces: readonly { chainId: number; nonce: bigint }[],
  account: Address,
  chains: Chains,
): Promise<readonly bigint[]> =>
  Promise.all(
    nonces.map(async ({ chainId, nonce }) =>
      (await chains.on(chainId)).nonce(account, decodeNonce(nonce).key),
    ),
  );
