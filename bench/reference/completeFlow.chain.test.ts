import { MEEVersion, meeSessionActions } from '@biconomy/abstractjs';
import { type Address, createClient, encodeFunctionData, http, parseAbi, toFunctionSelector } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { readContract } from 'viem/actions';
import { base, optimism } from 'viem/chains';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { chainOf, connectReference, definitions, fundedReference } from './referenceClient';

const counterAbi = parseAbi([
  'function incrementCount()',
  'function decrementCount()',
  'function countOf(address caller) view returns (uint256)',
]);
const increment = encodeFunctionData({ abi: counterAbi, functionName: 'incrementCount' });
const decrement = encodeFunctionData({ abi: counterAbi, functionName: 'decrementCount' });

let devnet: Devnet;

beforeAll(async () => {
  devnet = await startDevnet(devnetOptionsFromEnvironment());
});

afterAll(() => devnet?.stop());

const readCount = (chainId: number, account: Address) =>
  readContract(createClient({ transport: http(chainOf(devnet, chainId).rpcUrl) }), {
    address: chainOf(devnet, chainId).counter,
    abi: counterAbi,
    functionName: 'countOf',
    args: [account],
  });

/** The reference client's own steps up to an enabled session for `Counter.incrementCount` on both chains. */
async function enableSession(version: MEEVersion) {
  const redeemer = privateKeyToAccount(generatePrivateKey());
  const { account: mcNexus, client, address, feeToken } = await fundedReference(devnet, version);

  const quote = await client.getSessionQuote({
    mode: 'PREPARE',
    enableSession: {
      redeemer: redeemer.address,
      actions: mcNexus.buildSessionAction({
        type: 'custom',
        data: {
          chainIds: definitions.map(({ id }) => id),
          contractAddress: chainOf(devnet, base.id).counter,
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

  const { client: sessionClient } = await connectReference(devnet, {
    signer: redeemer,
    version,
    accountAddress: address,
  });
  const reads = sessionClient.extend(meeSessionActions);
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
        calls: [{ to: chainOf(devnet, id).counter, data: increment }],
      })),
    });
    const { hash } = await sessionClient.executeSessionQuote(quote);
    await sessionClient.waitForSupertransactionReceipt({ hash });

    expect(await readCount(base.id, account)).toBe(1n);
    expect(await readCount(optimism.id, account)).toBe(1n);
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
        { chainId: base.id, calls: [{ to: chainOf(devnet, base.id).counter, data: decrement }] },
      ],
    });
    await expect(refused).rejects.toThrow(`NoPoliciesSet(${permissionId})`);
    expect(await readCount(base.id, account)).toBe(0n);
  });
});
