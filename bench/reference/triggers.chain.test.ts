import { MEEVersion } from '@biconomy/abstractjs';
import { erc20Abi, zeroAddress } from 'viem';
import { readContract } from 'viem/actions';
import { base } from 'viem/chains';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Devnet,
  type DevnetChain,
  devnetOptionsFromEnvironment,
  startDevnet,
} from '../../devnet/devnet';
import { connectSession, countingSession, increment, settle } from './flow';
import {
  balanceOn,
  chainOf,
  countOn,
  freshReference,
  fundedReference,
  readerOf,
  servedVersions,
} from './referenceClient';

let devnet: Devnet;
let chain: DevnetChain;

beforeAll(async () => {
  devnet = await startDevnet(devnetOptionsFromEnvironment());
  chain = chainOf(devnet, base.id);
});

afterAll(() => devnet?.stop());

const allowance = (token: `0x${string}`, owner: `0x${string}`, spender: `0x${string}`) =>
  readContract(readerOf(chain), {
    address: token,
    abi: erc20Abi,
    functionName: 'allowance',
    args: [owner, spender],
  });

describe.each(servedVersions)('triggers, MEE %s', (version) => {
  it.each([
    ['a permit', 'permit', 'permitToken'],
    ['an approval on chain', 'onchain', 'plainToken'],
  ] as const)('%s funds, deploys and enables in one supertransaction', async (_, quoteType, tokenName) => {
    const token = chain[tokenName];
    const reference = await freshReference(devnet, version, [base]);
    const { owner, address } = reference;
    await devnet.fund({ chainId: base.id, token, to: owner, amount: 10_000_000n });
    await devnet.fund({ chainId: base.id, to: owner, amount: 10n ** 18n });
    const earned = await balanceOn(chain, devnet.nodeAddress, token);
    const { key, enableSession } = countingSession(devnet, reference, [base.id]);
    const feeToken = { address: token, chainId: base.id };

    const { quote, fee } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        enableSession,
        simulation: { simulate: true },
        feeToken,
        trigger: { tokenAddress: token, chainId: base.id, amount: 2_000_000n },
      }),
    );

    expect(quote.quoteType).toBe(quoteType);
    expect(fee).toBeGreaterThan(0n);
    expect(await balanceOn(chain, address, token)).toBe(2_000_000n);
    expect(await balanceOn(chain, owner, token)).toBe(8_000_000n - fee);
    expect((await balanceOn(chain, devnet.nodeAddress, token)) - earned).toBe(fee);
    expect(await allowance(token, owner, address)).toBe(0n);

    const session = await connectSession(devnet, reference, { signer: key, version, chains: [base] });
    const sessionDetails = quote.sessionDetails ?? [];
    expect(Object.values(await session.reads.checkEnabledPermissions(sessionDetails))).toEqual([
      { [base.id]: true },
    ]);
  });

  it('all that the owner holds, less the fee', async () => {
    const reference = await freshReference(devnet, version, [base]);
    const { owner, address } = reference;
    const token = chain.permitToken;
    await devnet.fund({ chainId: base.id, token, to: owner, amount: 3_000_000n });

    const { fee } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        simulation: { simulate: true },
        feeToken: { address: token, chainId: base.id },
        trigger: { tokenAddress: token, chainId: base.id, useMaxAvailableFunds: true },
      }),
    );

    expect(await balanceOn(chain, owner, token)).toBe(0n);
    expect(await balanceOn(chain, address, token)).toBe(3_000_000n - fee);
  });

  it('coins through the Ether forwarder, which pay the fee too', async () => {
    const reference = await freshReference(devnet, version, [base]);
    const { owner, address } = reference;
    await devnet.fund({ chainId: base.id, to: owner, amount: 3n * 10n ** 18n });

    const { quote } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        instructions: await reference.account.buildComposable({
          type: 'rawCalldata',
          data: { to: chain.counter, calldata: increment, chainId: base.id },
        }),
        simulation: { simulate: true },
        feeToken: { address: zeroAddress, chainId: base.id },
        trigger: { tokenAddress: zeroAddress, chainId: base.id, amount: 10n ** 18n },
      }),
    );

    expect(quote.quoteType).toBe('onchain');
    expect(await balanceOn(chain, address)).toBe(10n ** 18n);
    expect(await countOn(chain, address)).toBe(1n);
  });
});

it('a call of the owner’s own carries a supertransaction', async () => {
  const reference = await fundedReference(devnet, MEEVersion.V2_1_0, [base]);
  await devnet.fund({ chainId: base.id, to: reference.owner, amount: 10n ** 18n });

  const { quote } = await settle(
    reference,
    await reference.client.getSessionQuote({
      mode: 'PREPARE',
      instructions: await reference.account.buildComposable({
        type: 'rawCalldata',
        data: { to: chain.counter, calldata: increment, chainId: base.id },
      }),
      simulation: { simulate: true },
      feeToken: reference.feeToken,
      trigger: { call: { to: chain.counter, data: increment }, chainId: base.id },
    }),
  );

  expect(quote.quoteType).toBe('onchain');
  expect(await countOn(chain, reference.owner)).toBe(1n);
  expect(await countOn(chain, reference.address)).toBe(1n);
});

describe('tokens of other kinds', () => {
  it.each([
    ['a domain of version 2', 'versionedToken', 'permit'],
    ['a domain that nothing tells', 'bareToken', 'permit'],
    ['a domain with a salt', 'saltToken', 'permit'],
    ['allowances that rise from zero only', 'strictToken', 'onchain'],
  ] as const)('with %s fund an account', async (_, name, quoteType) => {
    const token = chain[name];
    const reference = await freshReference(devnet, MEEVersion.V2_1_0, [base]);
    await devnet.fund({ chainId: base.id, token, to: reference.owner, amount: 3_000_000n });
    await devnet.fund({ chainId: base.id, to: reference.owner, amount: 10n ** 18n });

    const { quote } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        simulation: { simulate: true },
        feeToken: { address: token, chainId: base.id },
        trigger: { tokenAddress: token, chainId: base.id, amount: 2_000_000n },
      }),
    );

    expect(quote.quoteType).toBe(quoteType);
    expect(await balanceOn(chain, reference.address, token)).toBe(2_000_000n);
  });
});
