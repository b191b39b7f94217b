import {
  type Address,
  decodeFunctionResult,
  domainSeparator,
  encodeFunctionData,
  type Hex,
  keccak256,
  size,
  stringToHex,
  type TypedDataDomain,
  zeroAddress,
  zeroHash,
} from 'viem';
import { tokenReadsAbi } from '../constants/abis';
import { contractRead } from '../contractRead';
import { toWord } from '../word';

/** What a token says about permits; null for everything it does not answer. */
export type PermitFacts = {
  token: Address;
  chainId: number;
  nonce: bigint | null;
  domainSeparator: Hex | null;
  name: string | null;
  version: string | null;
  eip712Domain: { name: string; version: string; salt: Hex } | null;
  typehash: Hex | null;
  /** Revert data of the probe; null when the call went through. */
  probeRevert: Hex | null;
};

/** How a token is to be spent: by a permit (EIP-2612) under this domain, or by an approval, and why. */
export type PermitRoute =
  | { route: 'permit'; domain: TypedDataDomain; domainSeparator: Hex; nonce: bigint }
  | { route: 'approve'; reason: string };

/** Type hash of an EIP-2612 permit. */
export const permitTypehash = keccak256(
  stringToHex('Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)'),
);

/** The reads behind `PermitFacts`. Each may fail on its own. */
export function permitReads({ token, owner }: { token: Address; owner: Address }) {
  const abi = tokenReadsAbi;
  return {
    nonce: contractRead(token, encodeFunctionData({ abi, functionName: 'nonces', args: [owner] }), (data) =>
      decodeFunctionResult({ abi, functionName: 'nonces', data }),
    ),
    domainSeparator: contractRead(
      token,
      encodeFunctionData({ abi, functionName: 'DOMAIN_SEPARATOR' }),
      (data) => decodeFunctionResult({ abi, functionName: 'DOMAIN_SEPARATOR', data }),
    ),
    name: contractRead(token, encodeFunctionData({ abi, functionName: 'name' }), (data) =>
      decodeFunctionResult({ abi, functionName: 'name', data }),
    ),
    version: contractRead(token, encodeFunctionData({ abi, functionName: 'version' }), (data) =>
      decodeFunctionResult({ abi, functionName: 'version', data }),
    ),
    eip712Domain: contractRead(token, encodeFunctionData({ abi, functionName: 'eip712Domain' }), (data) => {
      const [, name, version, , , salt] = decodeFunctionResult({ abi, functionName: 'eip712Domain', data });
      return { name, version, salt };
    }),
    typehash: contractRead(token, encodeFunctionData({ abi, functionName: 'PERMIT_TYPEHASH' }), (data) =>
      decodeFunctionResult({ abi, functionName: 'PERMIT_TYPEHASH', data }),
    ),
  };
}

/** A permit that is over and signed by nobody: a token that knows EIP-2612 reverts with a reason. */
export function permitProbe({ token, owner }: { token: Address; owner: Address }): {
  to: Address;
  data: Hex;
} {
  const data = encodeFunctionData({
    abi: tokenReadsAbi,
    functionName: 'permit',
    args: [owner, zeroAddress, 0n, 0n, 27, zeroHash, zeroHash],
  });
  return { to: token, data };
}

/**
 * Whether a token can be spent by a permit, and under which domain: the one whose hash the token itself returns
 * (EIP-712), always with the token as verifying contract.
 */
export function permitRoute(facts: PermitFacts): PermitRoute {
  const { nonce, domainSeparator: separator, typehash, probeRevert } = facts;
  if (nonce === null || separator === null) return approve('The token does not know permits.');
  const isKnownForm = typehash === null ? probeRevert !== null && size(probeRevert) > 0 : isErc2612(typehash);
  if (!isKnownForm) return approve('The token has no permit of the common form (EIP-2612).');
  const domain = domainsOf(facts).find((candidate) => hashOf(candidate) === separator.toLowerCase());
  if (domain === undefined) return approve("The token's signing domain can't be told.");
  return { route: 'permit', domain, domainSeparator: separator, nonce };
}

/** Candidates in the order in which clients commonly try them. */
function domainsOf({ token, chainId, name, version, eip712Domain }: PermitFacts): readonly TypedDataDomain[] {
  const salts = distinct([eip712Domain?.salt, toWord(BigInt(chainId))]);
  const names = distinct([eip712Domain?.name, name]);
  const versions = distinct([eip712Domain?.version, version, '1', '2']);
  return names.flatMap((domainName) =>
    versions.flatMap((domainVersion) => {
      const base = { name: domainName, version: domainVersion, verifyingContract: token };
      return [
        ...salts.map((salt) => ({ ...base, salt })),
        { ...base, chainId },
        ...salts.map((salt) => ({ ...base, chainId, salt })),
      ];
    }),
  );
}

function distinct<T>(values: readonly (T | null | undefined)[]): readonly T[] {
  return [...new Set(values.filter((value) => value !== null && value !== undefined))];
}

function hashOf(domain: TypedDataDomain): string {
  return domainSeparator({ domain }).toLowerCase();
}

function isErc2612(typehash: Hex): boolean {
  return typehash.toLowerCase() === permitTypehash;
}

function approve(reason: string): PermitRoute {
  return { route: 'approve', reason };
}
