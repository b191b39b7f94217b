import type { Address } from 'viem';
import { type PermitRoute, permitProbe, permitReads, permitRoute } from '../../protocol/mee/permit';
import type { Chain } from './chain';

/** Whether a token of the owner's can be spent by a permit (EIP-2612), and under which domain and nonce. */
export const readPermitRoute = async (chain: Chain, token: Address, owner: Address): Promise<PermitRoute> => {
  const reads = permitReads({ token, owner });
  const probe = permitProbe({ token, owner });
  const [nonce, domainSeparator, name, version, eip712Domain, typehash, probeRevert] = await Promise.all([
    chain.read(reads.nonce),
    chain.read(reads.domainSeparator),
    chain.read(reads.name),
    chain.read(reads.version),
    chain.read(reads.eip712Domain),
    chain.read(reads.typehash),
    chain.revertData(probe.to, probe.data),
  ]);
  return permitRoute({
    token,
    chainId: chain.network.chainId,
    nonce: nonce ?? null,
    domainSeparator: domainSeparator ?? null,
    name: name ?? null,
    version: version ?? null,
    eip712Domain: eip712Domain ?? null,
    typehash: typehash ?? null,
    probeRevert,
  });
};
