import { numberToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { validationModes } from '../constants/modes';
import type { MeeVersion } from '../constants/versions';
import { asAddress, plain, vectorChecks } from '../testing/vectors';
import vectors from './account.vectors.json';
import { accountInitCode } from './init';
import { installSmartSessionCalls } from './install';
import { nonceFromKey, nonceKey } from './nonce';

const zero = '0x0000000000000000000000000000000000000000';

const initCode =
  (version: MeeVersion) =>
  ({
    input,
    expected,
  }: {
    input: { owner: string; index: number };
    expected: { initCode: string };
  }): void => {
    const owner = asAddress(input.owner);
    expect(accountInitCode({ owner, index: BigInt(input.index), version })).toBe(expected.initCode);
  };

const keyOf = (hint: string, validator: string): bigint =>
  nonceKey({ hint: BigInt(hint), mode: validationModes.validate, validator: asAddress(validator) });

const checks = vectorChecks(vectors, {
  'account/counterfactual 2.0.0': initCode('2.0.0'),
  'account/counterfactual 2.1.0': initCode('2.1.0'),
  'account/counterfactual 2.2.1': initCode('2.2.1'),
  'nonce/default validator (default module => zero address on 2.x)': ({ input, expected }) => {
    const key = keyOf(input.key, zero);
    expect(numberToHex(key, { size: 24 })).toBe(expected.nonceKey);
    expect(nonceFromKey(key, 0n)).toBe(BigInt(expected.nonce));
    expect(numberToHex(nonceFromKey(key, 0n), { size: 32 })).toBe(expected.nonceHex);
  },
  'nonce/SmartSession validator': ({ input, expected }) => {
    const key = keyOf(input.key, input.moduleAddress);
    expect(numberToHex(key, { size: 24 })).toBe(expected.nonceKey);
    expect(numberToHex(nonceFromKey(key, 0n), { size: 32 })).toBe(expected.nonceHex);
  },
  'nonce/key wrap': ({ input, expected }) => {
    const hints = input.keys.map((hint) => keyOf(String(hint), zero) >> 168n);
    expect(hints.map((hint) => numberToHex(hint, { size: 3 }))).toEqual(expected.mod);
  },
  'calls/install SmartSession + safe sender': ({ input, expected }) => {
    const calls = installSmartSessionCalls({ account: asAddress(input.account), version: '2.0.0' });
    expect(plain(calls)).toBe(plain(expected));
  },
});

describe('the known accounts and nonces', () => {
  it.each(checks)('%s', async (_name, check) => {
    expect.hasAssertions();
    await check();
  });
});
