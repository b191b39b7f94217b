import {
  type Address,
  domainSeparator,
  encodeAbiParameters,
  encodeFunctionResult,
  type Hex,
  parseAbiParameters,
  stringToHex,
  type TypedDataDomain,
} from 'viem';
import { describe, expect, it } from 'vitest';
import { tokenReadsAbi } from '../constants/abis';
import { ContractAnswerError } from '../contractRead';
import { toWord } from '../word';
import { type PermitFacts, permitProbe, permitReads, permitRoute, permitTypehash } from './permit';

const token: Address = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913';
const owner: Address = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A';
const daiTypehash: Hex = '0xea2aa0a1be11a07ed86d755c93467f4f82362b452371d1ba94d1715123511acb';
const chainId = 8453;
const salt = toWord(0x55n);

/** A token whose separator is that of `domain`, and which answers what is given. */
const facts = (domain: TypedDataDomain, changes: Partial<PermitFacts> = {}): PermitFacts => ({
  token,
  chainId,
  nonce: 4n,
  domainSeparator: domainSeparator({ domain }),
  name: 'USD Coin',
  version: null,
  eip712Domain: null,
  typehash: permitTypehash,
  probeRevert: null,
  ...changes,
});
const base = { name: 'USD Coin', verifyingContract: token };

describe('a token is spent by permit', () => {
  it.each<[string, TypedDataDomain, Partial<PermitFacts>]>([
    ['with the version it names', { ...base, version: '2', chainId }, { version: '2' }],
    ['with version 1 where it names none', { ...base, version: '1', chainId }, {}],
    ['with version 2 where it names none', { ...base, version: '2', chainId }, {}],
    ['with version 1 where it names another', { ...base, version: '1', chainId }, { version: '7' }],
    [
      'with the name of its domain, not of the token',
      { ...base, name: 'Bridged USDC', version: '1', chainId },
      { eip712Domain: { name: 'Bridged USDC', version: '1', salt: toWord(0n) } },
    ],
    [
      'with a salt instead of a chain',
      { ...base, version: '1', salt: toWord(BigInt(chainId)) },
      { version: '1' },
    ],
    [
      'with a salt of its own beside the chain',
      { ...base, version: '1', chainId, salt },
      { eip712Domain: { name: 'USD Coin', version: '1', salt } },
    ],
  ])('%s', (_name, domain, changes) => {
    const known = facts(domain, changes);
    expect(permitRoute(known)).toEqual({
      route: 'permit',
      domain,
      domainSeparator: known.domainSeparator,
      nonce: 4n,
    });
  });

  it('without a type hash when a permit of nobody reverts with a reason', () => {
    const domain = { ...base, version: '1', chainId };
    expect(permitRoute(facts(domain, { typehash: null, probeRevert: '0x62791302' })).route).toBe('permit');
  });
});

describe('a token is approved', () => {
  const domain = { ...base, version: '1', chainId };
  it.each<[string, PermitFacts]>([
    ['with another form of permit', facts(domain, { typehash: daiTypehash, probeRevert: '0x08c379a0' })],
    ['that reverts without a reason', facts(domain, { typehash: null, probeRevert: '0x' })],
    ['that accepts anything', facts(domain, { typehash: null, probeRevert: null })],
    ['without nonces', facts(domain, { nonce: null })],
    ['without a separator', facts(domain, { domainSeparator: null })],
    ['without a name', facts(domain, { name: null })],
    ['of another chain', facts({ ...domain, chainId: 1 })],
    ['that speaks of another contract', facts({ ...domain, verifyingContract: owner })],
    ['with a domain nobody knows', facts({ ...domain, version: 'x' })],
  ])('%s', (_name, known) => {
    expect(permitRoute(known)).toMatchObject({ route: 'approve', reason: expect.stringMatching(/\.$/) });
  });
});

describe('the reads behind it', () => {
  const reads = permitReads({ token, owner });

  it('ask the token and read its answers', () => {
    expect(Object.values(reads).map(({ to }) => to)).toEqual(Array.from({ length: 6 }, () => token));
    expect(reads.nonce.data).toBe(`0x7ecebe00${toWord(BigInt(owner)).slice(2)}`);
    expect(reads.nonce.decode(toWord(3n))).toBe(3n);
    expect(reads.name.decode(encodeAbiParameters(parseAbiParameters('string'), ['USD Coin']))).toBe(
      'USD Coin',
    );
    expect(reads.version.decode(encodeAbiParameters(parseAbiParameters('string'), ['2']))).toBe('2');
    expect(reads.domainSeparator.decode(salt)).toBe(salt);
    expect(reads.typehash.decode(permitTypehash)).toBe(permitTypehash);
    const answer = encodeFunctionResult({
      abi: tokenReadsAbi,
      functionName: 'eip712Domain',
      result: ['0x0f', 'USD Coin', '2', 8453n, token, salt, []],
    });
    expect(reads.eip712Domain.decode(answer)).toEqual({ name: 'USD Coin', version: '2', salt });
  });

  it('give a typed error for answers of another shape', () => {
    for (const read of Object.values(reads)) expect(() => read.decode('0x')).toThrow(ContractAnswerError);
    expect(() => reads.name.decode(stringToHex('USDC', { size: 32 }))).toThrow(
      expect.objectContaining({ code: 'CONTRACT_ANSWER' }),
    );
  });

  it('probe with a permit that is over and signed by nobody', () => {
    const { to, data } = permitProbe({ token, owner });
    expect(to).toBe(token);
    expect(data.slice(0, 10)).toBe('0xd505accf');
    expect(data.slice(10 + 64 * 3, 10 + 64 * 4)).toBe(toWord(0n).slice(2));
  });
});
