import { runtimeERC20BalanceOf } from '@biconomy/abstractjs';
import { toFunctionSelector } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { getBlock } from 'viem/actions';
import { base, optimism } from 'viem/chains';
import { describe, expect, it } from 'vitest';
import { connectSession, countingSession, settle } from './flow';
import { useNetwork } from './network';
import {
  balanceOn,
  chainOf,
  freshReference,
  fundedReference,
  readerOf,
  servedVersions,
} from './referenceClient';

const devnet = useNetwork();
const home = () => chainOf(devnet(), base.id);
const both = [base.id, optimism.id];

describe.each(servedVersions)('preparing, MEE %s', (version) => {
  it('enables groups of actions one by one when they are not batched', async () => {
    const reference = await fundedReference(devnet(), version);
    const { key, enableSession } = countingSession(devnet(), reference, [base.id]);
    const decrementing = reference.account.buildSessionAction({
      type: 'custom',
      data: {
        chainIds: [base.id],
        contractAddress: home().counter,
        functionSignature: toFunctionSelector('decrementCount()'),
      },
    });

    const { quote, receipt } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        enableSession: {
          ...enableSession,
          actions: [...enableSession.actions, ...decrementing],
          batchActions: false,
        },
        simulation: { simulate: true, gasLimitBuffers: { [base.id]: 20n } },
        feeToken: reference.feeToken,
      }),
    );

    expect(receipt.userOps.filter(({ chainId }) => Number(chainId) === base.id)).toHaveLength(3);
    const session = await connectSession(devnet(), reference, { signer: key, version });
    expect(Object.values(await session.reads.checkEnabledPermissions(quote.sessionDetails ?? []))).toEqual([
      { [base.id]: true },
    ]);
  });

  it('takes both chains into one permit', async () => {
    const reference = await freshReference(devnet(), version);
    const token = home().permitToken;
    await devnet().fund({ chainId: base.id, token, to: reference.owner, amount: 5_000_000n });
    const { key, enableSession } = countingSession(devnet(), reference, both);

    const { quote } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        enableSession,
        simulation: { simulate: true },
        feeToken: { address: token, chainId: base.id },
        trigger: { tokenAddress: token, chainId: base.id, amount: 1_000_000n },
      }),
    );

    expect(quote.quoteType).toBe('permit');
    const session = await connectSession(devnet(), reference, { signer: key, version });
    expect(Object.values(await session.reads.checkEnabledPermissions(quote.sessionDetails ?? []))).toEqual([
      { [base.id]: true },
      { [optimism.id]: true },
    ]);
  });

  it('fills in a balance at run time', async () => {
    const reference = await fundedReference(devnet(), version);
    const token = home().plainToken;
    const recipient = privateKeyToAccount(generatePrivateKey()).address;
    await devnet().fund({ chainId: base.id, token, to: reference.address, amount: 123_456n });

    await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        instructions: await reference.account.buildComposable({
          type: 'transfer',
          data: {
            tokenAddress: token,
            chainId: base.id,
            recipient,
            amount: runtimeERC20BalanceOf({ targetAddress: reference.address, tokenAddress: token }),
          },
        }),
        simulation: { simulate: true },
        feeToken: reference.feeToken,
      }),
    );

    expect(await balanceOn(home(), recipient, token)).toBe(123_456n);
  });

  it('runs between its time bounds, trying in steps of its own', async () => {
    const reference = await fundedReference(devnet(), version, [base]);
    const lowerBoundTimestamp = Math.floor(Date.now() / 1000) + 3;

    const { receipt } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        lowerBoundTimestamp,
        upperBoundTimestamp: lowerBoundTimestamp + 60,
        executionSimulationRetryDelay: 100,
        simulation: { simulate: true },
        feeToken: reference.feeToken,
      }),
    );

    const blockNumber = receipt.receipts?.[0]?.blockNumber;
    if (blockNumber === undefined) throw new TypeError('There is no receipt.');
    const { timestamp } = await getBlock(readerOf(home()), { blockNumber });
    expect(timestamp).toBeGreaterThanOrEqual(BigInt(lowerBoundTimestamp));
  });
});
