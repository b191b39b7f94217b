import { numberToHex } from 'viem';
import { policyAddresses, smartSessionAddress } from '../../../src/protocol/constants/addresses';
import { meeVersions } from '../../../src/protocol/constants/versions';
import { expect, test } from '../../fixtures';
import { counterAction, feeIn, on, refused } from '../../flows/asking';
import { counterCalls, freshAddress, tokenCalls } from '../../flows/calls';
import {
  allowanceOn,
  balanceOn,
  codeOn,
  countOn,
  enabledOn,
  firstChain,
  isValidatorOn,
  policiesOn,
} from '../../flows/chain';
import { ownerOf } from '../../flows/owner';
import { callProvider } from '../../flows/provider';
import { decrementCall, incrementCall } from '../../flows/requests';
import { feeOf, operationsOf, quotedSince, sentAs, submissions } from '../../flows/sent';
import { approving, grant, openSite } from '../../flows/site';

const usageOf = (limit: bigint) => ({ type: 'usageLimit', limit }) as const;

test('prepareParameters: mode: prepare is signed by the owner and makes a bare account ready', async ({
  extension,
  ready,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const site = await openSite(extension, 'mode');
  expect(await codeOn(chain, ready.account)).toBeUndefined();
  const before = devnet.requests.length;
  const actions = counterAction(chain, 'incrementCount()', usageOf(2n));
  const { hash } = await grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  expect(await codeOn(chain, ready.account)).toMatch(/^0x.{4}/);
  expect(await isValidatorOn(chain, ready.account, smartSessionAddress)).toBe(true);
  for (const quote of quotedSince(devnet, before))
    expect(JSON.stringify(quote)).not.toContain('sessionDetails');
  expect(sentAs(devnet, hash).paymentInfo.sender).toBe(ready.account);
  const named = [{ mode: 'PREPARE', requestId: 'mode', feeToken: feeIn(chain) }];
  expect(await callProvider(site.page, 'latchkey_prepare', named)).toMatchObject({
    error: { code: -32602, data: { reason: 'INVALID_PARAMS' } },
  });
});

test('prepareParameters: enableSession: the chain holds the permission with its policy', async ({
  site,
  devnet,
  shared,
}) => {
  const chain = firstChain(devnet);
  const actions = counterAction(chain, 'incrementCount()', usageOf(2n));
  const { permissions } = await grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  expect(permissions.map(({ chainId }) => chainId)).toEqual([chain.chainId]);
  const { permissionId } = permissions[0] ?? { permissionId: '0x' };
  expect(await enabledOn(chain, permissionId, shared.account)).toBe(true);
  const held = { account: shared.account, permissionId };
  expect(await policiesOn(chain, held, incrementCall(chain.counter))).toEqual([policyAddresses.usageLimit]);
  expect(await policiesOn(chain, held, decrementCall(chain.counter))).toEqual([]);
});

test('prepareParameters: enableSession: without it the account is made ready and nothing is granted', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const before = await site.latchkey.permissions();
  const count = await countOn(chain);
  const result = await approving(site, () =>
    site.latchkey.prepare({ instructions: on(chain, incrementCall(chain.counter)), feeToken: feeIn(chain) }),
  );
  expect(result).toMatchObject({ outcome: 'executed', permissions: [] });
  expect(result).not.toHaveProperty('grantId');
  expect(await countOn(chain)).toBe(count + 1n);
  expect(await site.latchkey.permissions()).toEqual(before);
});

test('prepareParameters: smartSessionValidatorAddress: another deployment of the same code holds and checks the permission', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { otherSmartSession: module, chainId, counter } = chain;
  const actions = counterAction(chain, 'incrementCount()', usageOf(1n));
  const asked = { enableSession: { actions }, feeToken: feeIn(chain) };
  const { grantId, permissions } = await grant(site, { ...asked, smartSessionValidatorAddress: module });
  const { permissionId } = permissions[0] ?? { permissionId: '0x' };
  expect(await isValidatorOn(chain, account, module)).toBe(true);
  expect(await enabledOn(chain, permissionId, account, module)).toBe(true);
  expect(await enabledOn(chain, permissionId, account)).toBe(false);
  expect(await site.latchkey.isPermissionEnabled({ permissionId, chainId })).toBe(true);
  const count = await countOn(chain);
  const { hash } = await site.latchkey.use({ grantId, instructions: on(chain, incrementCall(counter)) });
  expect(await countOn(chain)).toBe(count + 1n);
  for (const { userOp } of operationsOf(sentAs(devnet, hash))) {
    expect(numberToHex(BigInt(userOp.nonce), { size: 32 })).toContain(module.slice(2).toLowerCase());
  }
  const foreign = site.latchkey.prepare({ ...asked, smartSessionValidatorAddress: counter });
  await refused(foreign, -32602, 'SESSION_MODULE_UNKNOWN');
});

test('prepareParameters: instructions: they run in their order before the permission is enabled', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const spender = freshAddress();
  const { approve } = tokenCalls(chain.plainToken);
  const count = await countOn(chain);
  const { grantId } = await grant(site, {
    enableSession: { actions: counterAction(chain, 'decrementCount()', usageOf(1n)) },
    instructions: on(chain, incrementCall(chain.counter), approve(spender, 5n), approve(spender, 7n)),
    feeToken: feeIn(chain),
  });
  expect(await countOn(chain)).toBe(count + 1n);
  expect(await allowanceOn(chain, chain.plainToken, account, spender)).toBe(7n);
  await site.latchkey.use({ grantId, instructions: on(chain, decrementCall(chain.counter)) });
  expect(await countOn(chain)).toBe(count);
});

test('prepareParameters: feeToken: the node is paid by the account in that token', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { plainToken: token, chainId } = chain;
  await devnet.fund({ chainId, to: account, token, amount: 10_000_000n });
  const before = await balanceOn(chain, account, token);
  const earned = await balanceOn(chain, devnet.nodeAddress, token);
  const { hash } = await approving(site, () =>
    site.latchkey.prepare({
      instructions: on(chain, incrementCall(chain.counter)),
      feeToken: { address: token, chainId },
    }),
  );
  const fee = feeOf(sentAs(devnet, hash));
  expect(fee).toBeGreaterThan(0n);
  expect(await balanceOn(chain, account, token)).toBe(before - fee);
  expect(await balanceOn(chain, devnet.nodeAddress, token)).toBe(earned + fee);
  const unpaid = site.latchkey.prepare({ instructions: on(chain, incrementCall(chain.counter)) });
  await refused(unpaid, -32602, 'FEE_TOKEN_MISSING');
});

test('prepareParameters: sponsorship: the node pays and the account pays nothing', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const before = await balanceOn(chain, account, chain.permitToken);
  const count = await countOn(chain);
  const { hash } = await approving(site, () =>
    site.latchkey.prepare({ instructions: on(chain, incrementCall(chain.counter)), sponsorship: true }),
  );
  expect(await countOn(chain)).toBe(count + 1n);
  expect(await balanceOn(chain, account, chain.permitToken)).toBe(before);
  expect(sentAs(devnet, hash).paymentInfo.sponsored).toBe(true);
});

test('prepareParameters: sponsorship: a gas tank that the site names pays', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { permitToken: token } = chain;
  const gasTank = { ...devnet.gasTank, token };
  const before = await balanceOn(chain, account, token);
  const filled = await balanceOn(chain, gasTank.address, token);
  const { hash } = await approving(site, () =>
    site.latchkey.prepare({
      instructions: on(chain, incrementCall(chain.counter)),
      sponsorship: true,
      sponsorshipOptions: { url: devnet.nodeUrl, gasTank },
    }),
  );
  expect(await balanceOn(chain, account, token)).toBe(before);
  expect(await balanceOn(chain, gasTank.address, token)).toBe(filled - feeOf(sentAs(devnet, hash)));
});

test("prepareParameters: delegate: the owner's own address gets the account's code and holds the permission", async ({
  extension,
  ready,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const owner = await ownerOf(ready.popup.page);
  await devnet.fund({ chainId: chain.chainId, to: owner, token: chain.permitToken, amount: 50_000_000n });
  const site = await openSite(extension, 'delegate');
  const actions = counterAction(chain, 'incrementCount()', usageOf(1n));
  const asked = { enableSession: { actions }, feeToken: feeIn(chain), delegate: true };
  const { account, permissions } = await grant(site, asked);
  expect(account).toBe(owner);
  const { implementationAddress } = meeVersions['2.1.0'];
  expect(await codeOn(chain, owner)).toBe(`0xef0100${implementationAddress.slice(2).toLowerCase()}`);
  expect(await enabledOn(chain, permissions[0]?.permissionId ?? '0x', owner)).toBe(true);
  expect(await codeOn(chain, ready.account)).toBeUndefined();
});

test('prepareParameters: authorization: a given one is refused, the companion signs its own', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const before = devnet.requests.length;
  const pages = site.extension.context.pages().length;
  const authorization = { chainId: chain.chainId, address: chain.counter, nonce: 0 };
  for (const given of [{ authorization }, { authorizations: [authorization] }]) {
    const params = { requestId: crypto.randomUUID(), feeToken: feeIn(chain), delegate: true, ...given };
    expect(await callProvider(site.page, 'latchkey_prepare', [params])).toMatchObject({
      error: { code: -32602, data: { reason: 'AUTHORIZATION_GIVEN' } },
    });
  }
  expect(devnet.requests).toHaveLength(before);
  expect(site.extension.context.pages()).toHaveLength(pages);
});

const secondsNow = (): number => Math.floor(Date.now() / 1000);

test('prepareParameters: lowerBoundTimestamp: every operation is signed for that time or later', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const lowerBoundTimestamp = secondsNow() - 7;
  const asked = { instructions: on(chain, incrementCall(chain.counter)), feeToken: feeIn(chain) };
  const { hash } = await approving(site, () => site.latchkey.prepare({ ...asked, lowerBoundTimestamp }));
  const sent = sentAs(devnet, hash);
  for (const { lowerBoundTimestamp: lower } of sent.userOps) expect(Number(lower)).toBe(lowerBoundTimestamp);
  const bounds = { lowerBoundTimestamp: secondsNow() + 60, upperBoundTimestamp: secondsNow() + 30 };
  await refused(site.latchkey.prepare({ ...asked, ...bounds }), -32602, 'BOUNDS_REVERSED');
});

test('prepareParameters: upperBoundTimestamp: every operation is signed for that time at the latest', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const upperBoundTimestamp = secondsNow() + 777;
  const asked = { instructions: on(chain, incrementCall(chain.counter)), feeToken: feeIn(chain) };
  const { hash } = await approving(site, () => site.latchkey.prepare({ ...asked, upperBoundTimestamp }));
  const sent = sentAs(devnet, hash);
  for (const { upperBoundTimestamp: upper } of sent.userOps) expect(Number(upper)).toBe(upperBoundTimestamp);
  const over = { lowerBoundTimestamp: 1, upperBoundTimestamp: secondsNow() - 1 };
  await refused(site.latchkey.prepare({ ...asked, ...over }), -32602, 'BOUNDS_OVER');
});

test('prepareParameters: cleanUps: what is left over goes to the person named', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { versionedToken: token, bareToken, chainId, counter } = chain;
  const [heir, other] = [freshAddress(), freshAddress()];
  await devnet.fund({ chainId, to: account, token, amount: 700n });
  await devnet.fund({ chainId, to: account, token: bareToken, amount: 90n });
  const all = await balanceOn(chain, account, token);
  const most = await balanceOn(chain, account, bareToken);
  const { hash } = await approving(site, () =>
    site.latchkey.prepare({
      instructions: on(chain, incrementCall(counter)),
      feeToken: feeIn(chain),
      cleanUps: [
        { tokenAddress: token, chainId, recipientAddress: heir },
        { tokenAddress: bareToken, chainId, recipientAddress: other, amount: 30n },
      ],
    }),
  );
  expect(operationsOf(sentAs(devnet, hash)).map(({ isCleanUpUserOp = false }) => isCleanUpUserOp)).toEqual([
    false,
    true,
    true,
  ]);
  expect(await balanceOn(chain, heir, token)).toBe(all);
  expect(await balanceOn(chain, account, token)).toBe(0n);
  expect(await balanceOn(chain, other, bareToken)).toBe(30n);
  expect(await balanceOn(chain, account, bareToken)).toBe(most - 30n);
});

test('prepareParameters: simulation: with it what would fail is not signed, without it it runs and fails', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const failing = {
    instructions: on(chain, counterCalls(chain.counter).refuse()),
    feeToken: feeIn(chain),
  };
  const before = submissions(devnet);
  await refused(
    site.latchkey.prepare({ ...failing, simulation: { simulate: true } }),
    -32000,
    'NODE_REFUSED',
  );
  expect(submissions(devnet)).toBe(before);
  await refused(
    approving(site, () => site.latchkey.prepare({ ...failing, simulation: { simulate: false } })),
    -32000,
    'REVERTED',
  );
  expect(submissions(devnet)).toBe(before + 1);
});

test('prepareParameters: simulation: a gas buffer raises the gas limit of its chain', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const asked = { instructions: on(chain, incrementCall(chain.counter)), feeToken: feeIn(chain) };
  const gasOf = async (gasLimitBuffers: Record<number, number>) => {
    const simulation = { simulate: true, gasLimitBuffers };
    const { hash } = await approving(site, () => site.latchkey.prepare({ ...asked, simulation }));
    return operationsOf(sentAs(devnet, hash)).map(({ userOp }) => BigInt(userOp.callGasLimit));
  };
  const plain = await gasOf({});
  expect(await gasOf({ [chain.chainId]: 100 })).toEqual(plain.map((gas) => 2n * gas));
});
