import fc from 'fast-check';
import { concatHex, keccak256, numberToHex, toRlp } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { verifyAuthorization } from 'viem/utils';
import { describe, expect, it } from 'vitest';
import { meeVersions } from '../constants/versions';
import {
  type Authorization,
  authorizationHash,
  encodeEip7702Auth,
  planAuthorizations,
  readDelegation,
} from './authorization';

const owner = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const implementation = meeVersions['2.1.0'].implementationAddress;

describe('an authorization', () => {
  it('is signed over 0x05 and the RLP list of chain, contract and nonce', () => {
    const minimal = (value: number) => (value === 0 ? '0x' : numberToHex(value));
    const even = (hex: string) => (hex.length % 2 === 0 ? hex : hex.replace('0x', '0x0')) as `0x${string}`;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (chainId, nonce) => {
        const list = toRlp([even(minimal(chainId)), implementation, even(minimal(nonce))]);
        expect(authorizationHash({ chainId, address: implementation, nonce })).toBe(
          keccak256(concatHex(['0x05', list])),
        );
      }),
    );
  });

  it('goes out with hex quantities and is valid for the owner', async () => {
    const authorization: Authorization = { chainId: 8453, address: implementation, nonce: 7 };
    const signature = await owner.sign({ hash: authorizationHash(authorization) });
    const auth = encodeEip7702Auth(authorization, signature);
    expect(auth).toEqual({
      chainId: '0x2105',
      address: implementation,
      nonce: '0x7',
      r: signature.slice(0, 66),
      s: `0x${signature.slice(66, 130)}`,
      yParity: signature.endsWith('1c') ? '0x1' : '0x0',
    });
    const parts = { r: auth.r, s: auth.s, yParity: Number(auth.yParity) };
    const valid = await verifyAuthorization({
      address: owner.address,
      authorization: { ...authorization, ...parts },
    });
    expect(valid).toBe(true);
  });

  it.each([{ chainId: -1 }, { nonce: 1.5 }, { nonce: 2 ** 53 }])('is refused with %o', (changes) => {
    expect(() => authorizationHash({ chainId: 1, address: implementation, nonce: 0, ...changes })).toThrow(
      expect.objectContaining({ code: 'AUTHORIZATION_RANGE' }),
    );
  });
});

describe('authorizations for several chains', () => {
  const plan = (multichain: boolean, ...nonces: readonly number[]) =>
    planAuthorizations({
      implementation,
      multichain,
      chains: nonces.map((nonce, index) => ({ chainId: index + 1, nonce })),
    }).map(({ chainId, nonce, chainIds }) => ({ chainId, nonce, chainIds }));

  it('are one for every chain unless one for all is wanted', () => {
    expect(plan(false, 3, 3)).toEqual([
      { chainId: 1, nonce: 3, chainIds: [1] },
      { chainId: 2, nonce: 3, chainIds: [2] },
    ]);
  });

  it('are one for all chains of the same nonce, and none is shared across nonces', () => {
    expect(plan(true, 3, 3)).toEqual([{ chainId: 0, nonce: 3, chainIds: [1, 2] }]);
    expect(plan(true, 7)).toEqual([{ chainId: 0, nonce: 7, chainIds: [1] }]);
    expect(plan(true, 1, 2, 1, 2, 5)).toEqual([
      { chainId: 0, nonce: 1, chainIds: [1, 3] },
      { chainId: 0, nonce: 2, chainIds: [2, 4] },
      { chainId: 5, nonce: 5, chainIds: [5] },
    ]);
  });
});

describe('the code of an owner', () => {
  const foreign = '0x63c0c19a282a1B52b07dD5a65b58948A07DAE32B';

  it.each([
    ['nothing', '0x', { kind: 'none' }],
    [
      'a foreign delegation',
      `0xef0100${foreign.slice(2).toLowerCase()}`,
      { kind: 'foreign', delegate: foreign },
    ],
    [
      'the expected delegation',
      `0xEF0100${implementation.slice(2)}`,
      { kind: 'expected', delegate: implementation },
    ],
    ['a contract', '0x6001', { kind: 'contract' }],
    ['23 bytes of a contract', `0x60${'00'.repeat(22)}`, { kind: 'contract' }],
    ['a designator with something behind', `0xef0100${foreign.slice(2)}00`, { kind: 'contract' }],
  ] as const)('that is %s is told', (_name, code, delegation) => {
    expect(readDelegation(code, implementation)).toEqual(delegation);
  });
});
