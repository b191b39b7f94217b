import fc from 'fast-check';
import * as v from 'valibot';
import { type Address, getAddress, type Hex, numberToHex, pad } from 'viem';
import { describe, expect, it } from 'vitest';
import { smartSessionAddress } from '../constants/addresses';
import { validationModes } from '../constants/modes';
import { bytesSchema } from '../mee/wire';
import vectors from './account.vectors.json';
import {
  AccountAddressError,
  decodeComputeAccountAddress,
  deriveAccountAddress,
  encodeComputeAccountAddress,
} from './address';
import { accountInitCode, accountInitData } from './init';
import { installSmartSessionCalls } from './install';
import { decodeNonce, NonceError, nonceFromKey, nonceKey } from './nonce';

const asHex = (text: string): Hex => v.parse(bytesSchema, text);
const owner: Address = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A';
const zero: Address = '0x0000000000000000000000000000000000000000';

describe('init code', () => {
  it.each(['2.0.0', '2.1.0'] as const)('of %s has the known bytes', (version) => {
    const { expected } = vectors[`account/counterfactual ${version}`];
    expect(accountInitCode({ owner, version })).toBe(expected.initCode);
  });

  it('differs by index in the salt alone', () => {
    const first = accountInitCode({ owner, version: '2.1.0' });
    const eighth = accountInitCode({ owner, index: 7n, version: '2.1.0' });
    const at = 2 + 2 * (20 + 4 + 32);
    expect(eighth).toBe(first.slice(0, at) + numberToHex(7n, { size: 32 }).slice(2) + first.slice(at + 64));
  });
});

describe('address', () => {
  it('follows CREATE2 from the factory over proxy code, implementation and init call', () => {
    expect(
      deriveAccountAddress({ owner, version: '2.1.0', proxyCreationCode: '0x600a600c600039600a6000f3' }),
    ).toBe('0xBdfDaFFb27AA13cC56d24612A8aE1Cf08646c44d');
  });

  it('changes with owner, index, version and proxy code', () => {
    const base = { owner, index: 0n, version: '2.1.0', proxyCreationCode: '0x6001' } as const;
    const variants = [
      base,
      { ...base, owner: zero },
      { ...base, index: 1n },
      { ...base, version: '2.0.0' as const },
      { ...base, proxyCreationCode: '0x6002' as const },
    ];
    expect(new Set(variants.map(deriveAccountAddress)).size).toBe(variants.length);
  });

  it('is asked of the factory with the same init data and salt as the creation', () => {
    const { to, data } = encodeComputeAccountAddress({ owner, index: 7n, version: '2.1.0' });
    const initCode = accountInitCode({ owner, index: 7n, version: '2.1.0' });
    expect(initCode.slice(0, 42)).toBe(to);
    expect(data.slice(10)).toBe(initCode.slice(50));
    expect(data).toContain(accountInitData({ owner, version: '2.1.0' }).slice(2));
  });

  it('is read from the answer, which must be an address', () => {
    expect(decodeComputeAccountAddress(pad(owner))).toBe(owner);
    expect(() => decodeComputeAccountAddress('0x')).toThrow(AccountAddressError);
  });
});

describe('nonce', () => {
  it.each([
    ['nonce/default validator (default module => zero address on 2.x)', zero],
    ['nonce/SmartSession validator', smartSessionAddress],
  ] as const)('%s is the known one', (name, validator) => {
    const { input, expected } = vectors[name];
    const key = nonceKey({ hint: BigInt(input.key), mode: validationModes.validate, validator });
    expect(numberToHex(key, { size: 24 })).toBe(expected.nonceKey);
    expect(numberToHex(nonceFromKey(key, 0n), { size: 32 })).toBe(expected.nonceHex);
  });

  it('wraps the hint at 2^24 - 1', () => {
    const { input, expected } = vectors['nonce/key wrap'];
    const hints = input.keys.map(
      (hint) => nonceKey({ hint: BigInt(hint), mode: '0x00', validator: zero }) >> 168n,
    );
    expect(hints.map((hint) => numberToHex(hint, { size: 3 }))).toEqual(expected.mod);
  });

  it('comes apart into what it was made of', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 16_777_214n),
        fc.bigInt(0n, 255n),
        fc.bigInt(0n, 2n ** 160n - 1n),
        fc.bigInt(0n, 2n ** 64n - 1n),
        (hint, modeByte, validatorNumber, sequence) => {
          const mode = numberToHex(modeByte, { size: 1 });
          const validator = getAddress(numberToHex(validatorNumber, { size: 20 }));
          const key = nonceKey({ hint, mode, validator });
          expect(decodeNonce(nonceFromKey(key, sequence))).toEqual({
            hint: Number(hint),
            mode,
            validator,
            key,
            sequence,
          });
        },
      ),
      { numRuns: 10_000 },
    );
  }, 180_000);

  it('refuses a negative hint and a sequence beyond 64 bits', () => {
    expect(() => nonceKey({ hint: -1n, mode: '0x00', validator: zero })).toThrow(
      expect.objectContaining({ code: 'NONCE_HINT' }),
    );
    expect(() => nonceFromKey(0n, 2n ** 64n)).toThrow(NonceError);
  });
});

describe('installation', () => {
  it('has the known two calls', () => {
    const { input, expected } = vectors['calls/install SmartSession + safe sender'];
    const calls = installSmartSessionCalls({ account: getAddress(asHex(input.account)), version: '2.0.0' });
    expect(calls.map((call) => ({ ...call, value: String(call.value) }))).toEqual(expected);
  });
});
