import { encodeFunctionData, parseAbi, toFunctionSelector } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import type { Devnet } from '../../devnet/devnet';
import { chainOf, connectReference, type freshReference, type Reference } from './referenceClient';

const counterAbi = parseAbi(['function incrementCount()', 'function decrementCount()']);

/** Calldata of `Counter.incrementCount` and `Counter.decrementCount`. */
export const increment = encodeFunctionData({ abi: counterAbi, functionName: 'incrementCount' });
export const decrement = encodeFunctionData({ abi: counterAbi, functionName: 'decrementCount' });

/** An instruction that counts once on a chain. */
export const countingOn = (devnet: Devnet, chainId: number) => ({
  chainId,
  calls: [{ to: chainOf(devnet, chainId).counter, data: increment }],
});

/** The permission to count on the given chains, without limits. */
export const countingActions = (devnet: Devnet, { account }: Reference, chainIds: readonly number[]) =>
  chainIds.flatMap((chainId) =>
    account.buildSessionAction({
      type: 'custom',
      data: {
        chainIds: [chainId],
        contractAddress: chainOf(devnet, chainId).counter,
        functionSignature: toFunctionSelector('incrementCount()'),
      },
    }),
  );

/** A fresh session key, and what enables it to count. */
export const countingSession = (devnet: Devnet, reference: Reference, chainIds: readonly number[]) => {
  const key = privateKeyToAccount(generatePrivateKey());
  return {
    key,
    enableSession: { redeemer: key.address, actions: countingActions(devnet, reference, chainIds) },
  };
};

type Quote = Parameters<Reference['client']['executeSessionQuote']>[0];

/** Signs and hands in a quote, and waits until it has run. Fails as the reference client does. */
export const settle = async <T extends Quote>({ client }: Reference, quote: T | undefined) => {
  if (quote === undefined) throw new TypeError('The reference client had nothing to do.');
  const { hash } = await client.executeSessionQuote(quote);
  const receipt = await client.waitForSupertransactionReceipt({ hash });
  return { quote, receipt, fee: BigInt(receipt.paymentInfo.tokenWeiAmount) };
};

/** The reference client of a session key that acts on an owner's account. */
export const connectSession = (
  devnet: Devnet,
  owner: Pick<Awaited<ReturnType<typeof freshReference>>, 'address'>,
  connection: Pick<Parameters<typeof connectReference>[1], 'signer' | 'version' | 'chains'>,
) => connectReference(devnet, { ...connection, accountAddress: owner.address });
