import { getMEEVersion } from '@biconomy/abstractjs';
import { type Address, concatHex, erc20Abi } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { getCode, readContract } from 'viem/actions';
import { base, optimism } from 'viem/chains';
import { describe, expect, it } from 'vitest';
import { connectSession, countingOn, countingSession, settle } from './flow';
import { useNetwork } from './network';
import { chainOf, connectReference, countOn, definitions, readerOf, usableVersions } from './referenceClient';

const devnet = useNetwork();
const both = [base.id, optimism.id];

const codeOn = (chainId: number, address: Address) =>
  getCode(readerOf(chainOf(devnet(), chainId)), { address });

/** An owner whose own address becomes the account; it holds 5 units of the fee token. */
async function delegatingOwner(version: (typeof usableVersions)[number]) {
  const signer = privateKeyToAccount(generatePrivateKey());
  const { address } = signer;
  const feeToken = { address: chainOf(devnet(), base.id).permitToken, chainId: base.id };
  await devnet().fund({ chainId: base.id, token: feeToken.address, to: address, amount: 5_000_000n });
  const reference = await connectReference(devnet(), { signer, version, accountAddress: address });
  const designator = concatHex(['0xef0100', getMEEVersion(version).implementationAddress]);
  return { ...reference, address, feeToken, designator: designator.toLowerCase() };
}

describe.each(usableVersions)('delegation by EIP-7702, MEE %s', (version) => {
  it.each([
    ['one authorization per chain', {}],
    ['one authorization for both chains', { multichain7702Auth: true }],
  ] as const)('turns the owner’s address into the account, by %s', async (_, options) => {
    const reference = await delegatingOwner(version);
    const { key, enableSession } = countingSession(devnet(), reference, both);

    const { quote } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        enableSession,
        delegate: true,
        ...options,
        simulation: { simulate: true },
        feeToken: reference.feeToken,
      }),
    );

    for (const { id } of definitions) expect(await codeOn(id, reference.address)).toBe(reference.designator);
    const sessionDetails = quote.sessionDetails ?? [];
    const session = await connectSession(devnet(), reference, { signer: key, version });
    expect(Object.values(await session.reads.checkEnabledPermissions(sessionDetails))).toEqual([
      { [base.id]: true },
      { [optimism.id]: true },
    ]);
  });

  it('pays from the owner’s own balance', async () => {
    const reference = await delegatingOwner(version);
    const { fee } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        delegate: true,
        simulation: { simulate: true },
        feeToken: reference.feeToken,
      }),
    );
    const left = await readContract(readerOf(chainOf(devnet(), base.id)), {
      address: reference.feeToken.address,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [reference.address],
    });
    expect(left).toBe(5_000_000n - fee);
  });
});

describe.each(usableVersions)('use after delegation, MEE %s', (version) => {
  it('runs by the session key', async () => {
    const reference = await delegatingOwner(version);
    const { key, enableSession } = countingSession(devnet(), reference, both);
    const { quote } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        enableSession,
        delegate: true,
        simulation: { simulate: true },
        feeToken: reference.feeToken,
      }),
    );
    const session = await connectSession(devnet(), reference, { signer: key, version });

    await settle(
      session,
      await session.client.getSessionQuote({
        mode: 'USE',
        sessionDetails: quote.sessionDetails ?? [],
        simulation: { simulate: true },
        feeToken: reference.feeToken,
        instructions: both.map((chainId) => countingOn(devnet(), chainId)),
      }),
    );

    for (const id of both) expect(await countOn(chainOf(devnet(), id), reference.address)).toBe(1n);
  });
});
