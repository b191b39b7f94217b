import { userOp } from '@biconomy/abstractjs';
import { type Address, encodeFunctionData, erc20Abi } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { base, optimism } from 'viem/chains';
import { describe, expect, it } from 'vitest';
import { countingSession, decrement, increment, settle } from './flow';
import { useNetwork } from './network';
import {
  balanceOn,
  chainOf,
  countOn,
  freshReference,
  fundedReference,
  servedVersions,
} from './referenceClient';

const devnet = useNetwork();
const home = () => chainOf(devnet(), base.id);
const away = () => chainOf(devnet(), optimism.id);
const stranger = (): Address => privateKeyToAccount(generatePrivateKey()).address;

describe.each(servedVersions)('clean-ups, MEE %s', (version) => {
  it('sweep what is left after a trigger and the instructions', async () => {
    const token = home().permitToken;
    const [shop, recipient] = [stranger(), stranger()];
    const reference = await freshReference(devnet(), version, [base]);
    await devnet().fund({ chainId: base.id, token, to: reference.owner, amount: 4_000_000n });
    const pay = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [shop, 500_000n] });

    const { receipt } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        enableSession: countingSession(devnet(), reference, [base.id]).enableSession,
        instructions: await reference.account.buildComposable({
          type: 'rawCalldata',
          data: { to: token, calldata: pay, chainId: base.id },
        }),
        simulation: { simulate: true },
        feeToken: { address: token, chainId: base.id },
        trigger: { tokenAddress: token, chainId: base.id, amount: 2_000_000n },
        cleanUps: [{ tokenAddress: token, chainId: base.id, recipientAddress: recipient }],
      }),
    );

    expect(receipt.userOps.map(({ isCleanUpUserOp }) => isCleanUpUserOp ?? false)).toEqual([false, true]);
    await expect.poll(() => balanceOn(home(), recipient, token)).toBe(1_500_000n);
    expect(await balanceOn(home(), shop, token)).toBe(500_000n);
    expect(await balanceOn(home(), reference.address, token)).toBe(0n);
  });

  it('of a fixed amount run on the chain where the money is, after the operation that they name', async () => {
    const token = away().plainToken;
    const recipient = stranger();
    const reference = await fundedReference(devnet(), version);
    await devnet().fund({ chainId: optimism.id, token, to: reference.address, amount: 300_000n });

    await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        simulation: { simulate: true },
        feeToken: reference.feeToken,
        cleanUps: [
          {
            tokenAddress: token,
            chainId: optimism.id,
            recipientAddress: recipient,
            amount: 200_000n,
            dependsOn: [userOp(2)],
          },
        ],
      }),
    );

    await expect.poll(() => balanceOn(away(), recipient, token)).toBe(200_000n);
  });

  it('don’t decide whether the rest succeeded', async () => {
    const recipient = stranger();
    const reference = await fundedReference(devnet(), version, [base]);
    const token = home().plainToken;

    const { receipt } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        instructions: await reference.account.buildComposable({
          type: 'rawCalldata',
          data: { to: home().counter, calldata: increment, chainId: base.id },
        }),
        feeToken: reference.feeToken,
        cleanUps: [{ tokenAddress: token, chainId: base.id, recipientAddress: recipient, amount: 1n }],
      }),
    );

    expect(receipt.transactionStatus).toBe('MINED_SUCCESS');
    expect(await countOn(home(), reference.address)).toBe(1n);
    expect(await balanceOn(home(), recipient, token)).toBe(0n);
  });

  it('run although the operation before them reverted', async () => {
    const token = home().plainToken;
    const recipient = stranger();
    const reference = await fundedReference(devnet(), version, [base]);
    await devnet().fund({ chainId: base.id, token, to: reference.address, amount: 700_000n });

    const quote = await reference.client.getSessionQuote({
      mode: 'PREPARE',
      instructions: await reference.account.buildComposable({
        type: 'rawCalldata',
        data: { to: home().counter, calldata: decrement, chainId: base.id },
      }),
      feeToken: reference.feeToken,
      cleanUps: [{ tokenAddress: token, chainId: base.id, recipientAddress: recipient }],
    });

    await expect(settle(reference, quote)).rejects.toThrow();
    await expect.poll(() => balanceOn(home(), recipient, token), { timeout: 10_000 }).toBe(700_000n);
  });
});
