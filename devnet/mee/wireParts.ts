import * as v from 'valibot';
import { type Address, getAddress, type Hex, isAddress, isHex } from 'viem';

export const hex = v.custom<Hex>(
  (value) => isHex(value) && value.length % 2 === 0,
  'must be hex of whole bytes',
);
export const bytes32 = v.custom<Hex>(
  (value) => isHex(value) && value.length === 66,
  'must be 32 bytes of hex',
);
export const address = v.pipe(
  v.custom<Address>(
    (value) => typeof value === 'string' && isAddress(value, { strict: false }),
    'must be an address',
  ),
  v.transform((value) => getAddress(value)),
);
/** Decimal text or a whole number. */
export const amount = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform((value) => value.toString()),
  v.regex(/^\d{1,78}$/, 'must be a decimal number'),
  v.transform((digits) => BigInt(digits)),
);
export const chainId = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => Number(value)),
  v.safeInteger('must be a chain id'),
);
export const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A small number as hex, as JSON-RPC has quantities. */
const quantity = v.pipe(
  v.custom<Hex>((value) => isHex(value) && /^0x[\da-f]{1,12}$/i.test(value), 'must be a quantity'),
  v.transform((value) => Number(value)),
);

/** An EIP-7702 authorization. Chain 0 stands for every chain. */
export const authorization = v.object({
  chainId: quantity,
  address,
  nonce: quantity,
  r: hex,
  s: hex,
  yParity: quantity,
});

const tokenOverride = v.object({ tokenAddress: address, accountAddress: address, balance: amount, chainId });
const customOverride = v.object({ contractAddress: address, storageSlot: hex, value: hex, chainId });

/** State to pretend in a simulation: token balances, and words of storage. */
export const overrides = v.object({
  tokenOverrides: v.optional(v.array(tokenOverride), []),
  customOverrides: v.optional(v.array(customOverride), []),
});

export type Authorization = v.InferOutput<typeof authorization>;
export type Overrides = v.InferOutput<typeof overrides>;
