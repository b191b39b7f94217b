import { parseUnits } from 'viem';
import { buildSessionAction, composableFunctionCall, runtimeValues } from '../../../src/client';
import { smartSessionAddress } from '../../../src/protocol/constants/addresses';
import { expect, test } from '../../fixtures';
import { feeIn, on, refused } from '../../flows/asking';
import { freshAddress } from '../../flows/calls';
import {
  balanceOn,
  codeOn,
  countOn,
  enabledOn,
  firstChain,
  isValidatorOn,
  secondChain,
  signerOn,
} from '../../flows/chain';
import { ownerOf } from '../../flows/owner';
import { decrementCall, incrementCall } from '../../flows/requests';
import { grant, openSite } from '../../flows/site';

test("completeFlow: complete flow: a bare account is funded, made ready on two chains and used there by its session's key", async ({
  extension,
  ready: { popup, account },
  devnet,
}) => {
  const [home, away] = [firstChain(devnet), secondChain(devnet)];
  const { permitToken: token, chainId, counter } = home;
  const owner = await ownerOf(popup.page);
  await devnet.fund({ chainId, to: owner, token, amount: parseUnits('10', 6) });
  const site = await openSite(extension, 'completeflow');
  const { latchkey } = site;
  expect(latchkey.account).toBe(account);
  for (const chain of [home, away]) expect(await codeOn(chain, account)).toBeUndefined();

  const actions = buildSessionAction({
    type: 'custom',
    data: {
      chainIds: [home.chainId, away.chainId],
      contractAddress: counter,
      functionSignature: 'incrementCount()',
      policies: [{ type: 'usageLimit', limit: 3n }],
    },
  });
  const before = await balanceOn(home, account, token);
  const { grantId, redeemer, permissions } = await grant(site, {
    enableSession: { actions },
    simulation: { simulate: true },
    feeToken: feeIn(home),
    trigger: { tokenAddress: token, chainId, amount: parseUnits('2', 6) },
  });
  expect(await balanceOn(home, account, token)).toBe(before + parseUnits('2', 6));
  for (const chain of [home, away]) {
    const { permissionId = '0x' } = permissions.find((one) => one.chainId === chain.chainId) ?? {};
    expect(await codeOn(chain, account)).toMatch(/^0x.{4}/);
    expect(await isValidatorOn(chain, account, smartSessionAddress)).toBe(true);
    expect(await enabledOn(chain, permissionId, account)).toBe(true);
    expect(await signerOn(chain, { account, permissionId })).toBe(redeemer.toLowerCase());
  }

  const counts = await Promise.all([countOn(home), countOn(away)]);
  const pages = extension.context.pages().length;
  const instructions = [home, away].flatMap((chain) => on(chain, incrementCall(chain.counter)));
  const { transactions } = await latchkey.use({
    sessionDetails: permissions,
    simulation: { simulate: true },
    feeToken: feeIn(home),
    instructions,
  });
  expect(new Set(transactions.map((one) => one.chainId))).toEqual(new Set([home.chainId, away.chainId]));
  expect(await Promise.all([countOn(home), countOn(away)])).toEqual(counts.map((count) => count + 1n));
  expect(extension.context.pages()).toHaveLength(pages);
  const outside = latchkey.use({ grantId, instructions: on(home, decrementCall(counter)) });
  await refused(outside, 4100, 'ACTION_NOT_GRANTED');
});

test('completeFlow: setup: instructions with values read when they run, a permission and a clean-up in one approval', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { saltToken: token, bareToken, chainId, counter } = chain;
  const [vault, heir] = [freshAddress(), freshAddress()];
  await devnet.fund({ chainId, to: account, token, amount: 321n });
  await devnet.fund({ chainId, to: account, token: bareToken, amount: 5n });
  const sweep = composableFunctionCall({
    to: token,
    functionSignature: 'transfer(address,uint256)',
    args: [vault, runtimeValues.erc20Balance({ token, account })],
  });
  const [held, left] = [await balanceOn(chain, account, token), await balanceOn(chain, account, bareToken)];
  const actions = buildSessionAction({
    type: 'custom',
    data: {
      chainIds: [chainId],
      contractAddress: counter,
      functionSignature: 'incrementCount()',
      policies: [{ type: 'usageLimit', limit: 1n }],
    },
  });
  const { grantId } = await grant(site, {
    enableSession: { actions },
    feeToken: feeIn(chain),
    instructions: [{ chainId, calls: [sweep] }],
    cleanUps: [{ tokenAddress: bareToken, chainId, recipientAddress: heir }],
  });
  expect(await balanceOn(chain, vault, token)).toBe(held);
  expect(await balanceOn(chain, heir, bareToken)).toBe(left);
  const count = await countOn(chain);
  await site.latchkey.use({ grantId, instructions: on(chain, incrementCall(counter)) });
  expect(await countOn(chain)).toBe(count + 1n);
});
