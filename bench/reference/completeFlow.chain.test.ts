import { MEEVersion } from '@biconomy/abstractjs';
import { toFunctionSelector } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { base, optimism } from 'viem/chains';
import { describe, expect, it } from 'vitest';
import { decrement, increment } from './flow';
import { useNetwork } from './network';
import { chainOf, connectReference, countOn, definitions, fundedReference } from './referenceClient';

const devnet = useNetwork();

/** The reference client's own steps up to an enabled session for `Counter.incrementCount` on both chains. */
async function enableSession(version: MEEVersion) {
  const redeemer = privateKeyToAccount(generatePrivateKey());
  const { account: mcNexus, client, address, feeToken } = await fundedReference(devnet(), version);

  const quote = await client.getSessionQuote({
    mode: 'PREPARE',
    enableSession: {
      redeemer: redeemer.address,
      actions: mcNexus.buildSessionAction({
        type: 'custom',
        data: {
          chainIds: definitions.map(({ id }) => id),
          contractAddress: chainOf(devnet(), base.id).counter,
          functionSignature: toFunctionSelector('incrementCount()'),
        },
      }),
    },
    simulation: { simulate: true },
    feeToken,
  });
  if (quote?.sessionDetails === undefined) throw new TypeError('The reference client prepared no session.');
  const { hash } = await client.executeSessionQuote(quote);
  await client.waitForSupertransactionReceipt({ hash });

  const { client: sessionClient, reads } = await connectReference(devnet(), {
    signer: redeemer,
    version,
    accountAddress: address,
  });
  return { account: address, feeToken, sessionClient, reads, sessionDetails: quote.sessionDetails };
}

describe.each([MEEVersion.V2_1_0, MEEVersion.V2_0_0])('reference client, MEE %s', (version) => {
  it('prepares a session on both chains and uses it', async () => {
    const { account, feeToken, sessionClient, reads, sessionDetails } = await enableSession(version);
    expect(sessionDetails).toHaveLength(2);
    expect(Object.values(await reads.checkEnabledPermissions(sessionDetails))).toEqual([
      { [base.id]: true },
      { [optimism.id]: true },
    ]);

    const quote = await sessionClient.getSessionQuote({
      mode: 'USE',
      sessionDetails,
      simulation: { simulate: true },
      feeToken,
      instructions: definitions.map(({ id }) => ({
        chainId: id,
        calls: [{ to: chainOf(devnet(), id).counter, data: increment }],
      })),
    });
    const { hash } = await sessionClient.executeSessionQuote(quote);
    await sessionClient.waitForSupertransactionReceipt({ hash });

    expect(await countOn(chainOf(devnet(), base.id), account)).toBe(1n);
    expect(await countOn(chainOf(devnet(), optimism.id), account)).toBe(1n);
  });

  it('hears why a call outside the session is refused', async () => {
    const { account, feeToken, sessionClient, sessionDetails } = await enableSession(version);
    const permissionId = sessionDetails[0]?.permissionId;
    const refused = sessionClient.getSessionQuote({
      mode: 'USE',
      sessionDetails,
      simulation: { simulate: true },
      feeToken,
      instructions: [
        { chainId: base.id, calls: [{ to: chainOf(devnet(), base.id).counter, data: decrement }] },
      ],
    });
    await expect(refused).rejects.toThrow(`NoPoliciesSet(${permissionId})`);
    expect(await countOn(chainOf(devnet(), base.id), account)).toBe(0n);
  });
});
