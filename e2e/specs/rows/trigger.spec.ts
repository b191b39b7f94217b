import { zeroAddress } from 'viem';
import { expect, test } from '../../fixtures';
import { counterAction, feeIn, on, refused } from '../../flows/asking';
import { freshAddress } from '../../flows/calls';
import { allowanceOn, balanceOn, countOn, firstChain } from '../../flows/chain';
import { ownerOf } from '../../flows/owner';
import { incrementCall } from '../../flows/requests';
import { feeOf, quotedSince, sentAs } from '../../flows/sent';
import { approving, grant } from '../../flows/site';

const ether = 10n ** 18n;

test('trigger: permit: the owner signs a permit for the amount and the fee, and the permission can be used', async ({
  site,
  devnet,
  shared: { popup, account },
}) => {
  const chain = firstChain(devnet);
  const { permitToken: token, chainId } = chain;
  const owner = await ownerOf(popup.page);
  await devnet.fund({ chainId, to: owner, token, amount: 10_000_000n });
  const [mine, theirs] = [await balanceOn(chain, account, token), await balanceOn(chain, owner, token)];
  const coins = await balanceOn(chain, owner);
  const before = devnet.requests.length;
  const { hash, grantId } = await grant(site, {
    enableSession: { actions: counterAction(chain, 'incrementCount()', { type: 'usageLimit', limit: 1n }) },
    feeToken: feeIn(chain),
    trigger: { tokenAddress: token, chainId, amount: 2_000_000n },
  });
  expect(quotedSince(devnet, before)).toContainEqual(expect.objectContaining({ quoteType: 'permit' }));
  const fee = feeOf(sentAs(devnet, hash));
  expect(await balanceOn(chain, account, token)).toBe(mine + 2_000_000n);
  expect(await balanceOn(chain, owner, token)).toBe(theirs - 2_000_000n - fee);
  expect(await balanceOn(chain, owner)).toBe(coins);
  const count = await countOn(chain);
  await site.latchkey.use({ grantId, instructions: on(chain, incrementCall(chain.counter)) });
  expect(await countOn(chain)).toBe(count + 1n);
});

test("trigger: on-chain approve: a token without permits comes in by the owner's own transaction", async ({
  site,
  devnet,
  shared: { popup, account },
}) => {
  const chain = firstChain(devnet);
  const { plainToken: token, chainId } = chain;
  const owner = await ownerOf(popup.page);
  await devnet.fund({ chainId, to: owner, token, amount: 5_000_000n });
  await devnet.fund({ chainId, to: owner, amount: ether });
  const [mine, theirs] = [await balanceOn(chain, account, token), await balanceOn(chain, owner, token)];
  const coins = await balanceOn(chain, owner);
  const before = devnet.requests.length;
  await approving(site, () =>
    site.latchkey.prepare({
      feeToken: feeIn(chain),
      trigger: { tokenAddress: token, chainId, amount: 2_000_000n },
    }),
  );
  expect(quotedSince(devnet, before)).toContainEqual(expect.objectContaining({ quoteType: 'onchain' }));
  expect(await balanceOn(chain, account, token)).toBe(mine + 2_000_000n);
  expect(await balanceOn(chain, owner, token)).toBe(theirs - 2_000_000n);
  expect(await balanceOn(chain, owner)).toBeLessThan(coins);
});

test("trigger: native: the chain's own coin comes in through the forwarder", async ({
  site,
  devnet,
  shared: { popup, account },
}) => {
  const chain = firstChain(devnet);
  const { chainId } = chain;
  const owner = await ownerOf(popup.page);
  await devnet.fund({ chainId, to: owner, amount: ether });
  const before = await balanceOn(chain, account);
  await grant(site, {
    enableSession: { actions: counterAction(chain, 'decrementCount()', { type: 'usageLimit', limit: 1n }) },
    feeToken: feeIn(chain),
    trigger: { tokenAddress: zeroAddress, chainId, amount: 12_345n },
  });
  expect(await balanceOn(chain, account)).toBe(before + 12_345n);
});

test('trigger: useMaxAvailableFunds: everything that the owner holds of the token comes in', async ({
  site,
  devnet,
  shared: { popup, account },
}) => {
  const chain = firstChain(devnet);
  const { versionedToken: token, chainId } = chain;
  const owner = await ownerOf(popup.page);
  await devnet.fund({ chainId, to: owner, token, amount: 4_321n });
  const theirs = await balanceOn(chain, owner, token);
  const mine = await balanceOn(chain, account, token);
  const trigger = { tokenAddress: token, chainId, useMaxAvailableFunds: true };
  await approving(site, () => site.latchkey.prepare({ feeToken: feeIn(chain), trigger }));
  expect(await balanceOn(chain, owner, token)).toBe(0n);
  expect(await balanceOn(chain, account, token)).toBe(mine + theirs);
  const both = site.latchkey.prepare({ feeToken: feeIn(chain), trigger: { ...trigger, amount: 1n } });
  await refused(both, -32602, 'TRIGGER_AMOUNT');
});

test('trigger: amount: more than the owner holds is refused before anybody is asked', async ({
  site,
  devnet,
  shared: { popup },
}) => {
  const chain = firstChain(devnet);
  const { bareToken: tokenAddress, chainId } = chain;
  const owner = await ownerOf(popup.page);
  const amount = (await balanceOn(chain, owner, tokenAddress)) + 1n;
  const trigger = { tokenAddress, chainId, amount };
  const pages = site.extension.context.pages().length;
  await refused(site.latchkey.prepare({ feeToken: feeIn(chain), trigger }), -32000, 'TRIGGER_BALANCE');
  expect(site.extension.context.pages()).toHaveLength(pages);
});

test('trigger: recipientAddress: the funds go to the one named', async ({
  site,
  devnet,
  shared: { popup, account },
}) => {
  const chain = firstChain(devnet);
  const { bareToken: token, chainId } = chain;
  const owner = await ownerOf(popup.page);
  const recipientAddress = freshAddress();
  await devnet.fund({ chainId, to: owner, token, amount: 50n });
  const mine = await balanceOn(chain, account, token);
  await approving(site, () =>
    site.latchkey.prepare({
      feeToken: feeIn(chain),
      trigger: { tokenAddress: token, chainId, amount: 50n, recipientAddress },
    }),
  );
  expect(await balanceOn(chain, recipientAddress, token)).toBe(50n);
  expect(await balanceOn(chain, account, token)).toBe(mine);
});

test('trigger: approvalAmount: the account is allowed that much instead of just enough', async ({
  site,
  devnet,
  shared: { popup, account },
}) => {
  const chain = firstChain(devnet);
  const { versionedToken: token, chainId } = chain;
  const owner = await ownerOf(popup.page);
  await devnet.fund({ chainId, to: owner, token, amount: 100n });
  await approving(site, () =>
    site.latchkey.prepare({
      feeToken: feeIn(chain),
      trigger: { tokenAddress: token, chainId, amount: 60n, approvalAmount: 75n },
    }),
  );
  expect(await allowanceOn(chain, token, owner, account)).toBe(15n);
});
