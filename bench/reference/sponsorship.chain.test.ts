import { getTransactionCount } from 'viem/actions';
import { base } from 'viem/chains';
import { describe, expect, it } from 'vitest';
import { connectSession, countingOn, countingSession, settle } from './flow';
import { useNetwork } from './network';
import {
  balanceOn,
  chainOf,
  countOn,
  freshReference,
  readerOf,
  servedVersions,
  usableVersions,
} from './referenceClient';

const devnet = useNetwork();
const home = () => chainOf(devnet(), base.id);

/** Sponsorship by the gas tank of the local network, in the permit token. */
const byGasTank = () => ({
  url: devnet().nodeUrl,
  gasTank: { ...devnet().gasTank, token: home().permitToken },
});

const nodeTransactions = () => getTransactionCount(readerOf(home()), { address: devnet().nodeAddress });

const tankBalance = () => balanceOn(home(), devnet().gasTank.address, home().permitToken);

describe.each(servedVersions)('sponsorship, MEE %s', (version) => {
  it.each([
    ['trusted', 1],
    ['by a gas tank of its own', 2],
  ] as const)('%s enables a session for an account that holds nothing', async (kind, transactions) => {
    const reference = await freshReference(devnet(), version, [base]);
    const { key, enableSession } = countingSession(devnet(), reference, [base.id]);
    const before = await nodeTransactions();
    const full = await tankBalance();

    const { quote, fee } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        enableSession,
        simulation: { simulate: true },
        sponsorship: true,
        ...(kind === 'trusted' ? {} : { sponsorshipOptions: byGasTank() }),
      }),
    );

    expect((await nodeTransactions()) - before).toBe(transactions);
    expect(full - (await tankBalance())).toBe(kind === 'trusted' ? 0n : fee);
    const session = await connectSession(devnet(), reference, { signer: key, version, chains: [base] });
    expect(Object.values(await session.reads.checkEnabledPermissions(quote.sessionDetails ?? []))).toEqual([
      { [base.id]: true },
    ]);
  });

  it('moves the whole amount of a trigger, without a fee', async () => {
    const token = home().permitToken;
    const reference = await freshReference(devnet(), version, [base]);
    await devnet().fund({ chainId: base.id, token, to: reference.owner, amount: 2_000_000n });

    const { quote } = await settle(
      reference,
      await reference.client.getSessionQuote({
        mode: 'PREPARE',
        simulation: { simulate: true },
        sponsorship: true,
        trigger: { tokenAddress: token, chainId: base.id, amount: 2_000_000n },
      }),
    );

    expect(quote.quoteType).toBe('permit');
    expect(await balanceOn(home(), reference.address, token)).toBe(2_000_000n);
  });
});

describe.each(usableVersions)('sponsored use, MEE %s', (version) => {
  it.each(['trusted', 'by a gas tank of its own'] as const)('%s', async (kind) => {
    const sponsorship = {
      sponsorship: true,
      ...(kind === 'trusted' ? {} : { sponsorshipOptions: byGasTank() }),
    } as const;
    const reference = await freshReference(devnet(), version, [base]);
    const { key, enableSession } = countingSession(devnet(), reference, [base.id]);
    const { quote } = await settle(
      reference,
      await reference.client.getSessionQuote({ mode: 'PREPARE', enableSession, ...sponsorship }),
    );
    const session = await connectSession(devnet(), reference, { signer: key, version, chains: [base] });

    await settle(
      session,
      await session.client.getSessionQuote({
        mode: 'USE',
        sessionDetails: quote.sessionDetails ?? [],
        simulation: { simulate: true },
        instructions: [countingOn(devnet(), base.id)],
        ...sponsorship,
      }),
    );

    expect(await countOn(home(), reference.address)).toBe(1n);
  });
});
