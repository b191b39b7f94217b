import fc, { type Arbitrary } from 'fast-check';
import type { Address } from 'viem';
import { maxUint256 } from '../../src/protocol/word';

/** Addresses that scenarios speak of. Nothing needs to be there: policies never look at a target's code. */
export const token: Address = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
export const counter: Address = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
export const feeToken: Address = '0x2093c05666E439c2a951052c3532F72ea0e1AB99';
export const alice: Address = '0x1111111111111111111111111111111111111111';
export const bob: Address = '0x2222222222222222222222222222222222222222';

/** Addresses that a chain decides on. */
export type Named = { account: Address; module: Address; validator: Address; zero: Address };

/** Amounts around the limits that policies are given. */
export const anyAmount: Arbitrary<bigint> = fc.oneof(
  { weight: 12, arbitrary: fc.bigInt(0n, 6n) },
  { weight: 2, arbitrary: fc.constantFrom(10n, 11n, 20n) },
  { weight: 2, arbitrary: fc.constantFrom(2n ** 128n, 2n ** 255n, maxUint256 - 1n, maxUint256) },
);

/** Words as calls carry them: amounts, addresses, and addresses with bytes above them. */
export function anyWord({ account }: Named): Arbitrary<bigint> {
  const addresses = [alice, bob, account].map(BigInt);
  return fc.oneof(
    { weight: 6, arbitrary: anyAmount },
    { weight: 4, arbitrary: fc.constantFrom(...addresses) },
    { weight: 1, arbitrary: fc.constantFrom(...addresses).map((address) => address + 2n ** 160n) },
  );
}
