import { expect } from '@playwright/test';
import type { Address, Hex } from 'viem';
import type { Devnet } from '../../devnet/devnet';
import { policyAddresses } from '../../src/protocol/constants/addresses';
import type { GrantSummary } from '../../src/rpc/dapp/methods';
import type { Extension } from '../browser';
import type { DappPage } from '../pages/DappPage';
import type { PopupPage } from '../pages/PopupPage';
import { countOn, enabledOn, firstChain } from './chain';
import { callProvider } from './provider';
import { reviewOpenedBy } from './review';
import { rewriteStoredPolicy } from './tamper';

export type Step = { title: string; facts: readonly string[]; shot?: PopupPage['page'] };

type Job = {
  extension: Extension;
  devnet: Devnet;
  popup: PopupPage;
  dapp: DappPage;
  account: Address;
  /** Called after each step with what is true on chain now. */
  report: (step: Step) => Promise<void>;
};

const usageLimitOf100: Hex = '0x00000000000000000000000000000064';

const connect = async ({ extension, dapp, account, report }: Job): Promise<void> => {
  const review = await reviewOpenedBy(extension.context, () => dapp.connect());
  const closed = review.page.waitForEvent('close');
  await review.approve();
  await expect(dapp.part('account')).toContainText(account);
  await closed;
  await report({ title: 'The person lets the dapp see the account', facts: [`account ${account}`] });
};

const askAndApprove = async (job: Job): Promise<Hex> => {
  const { extension, devnet, dapp, account, report } = job;
  const review = await reviewOpenedBy(extension.context, () => dapp.ask());
  await review.acknowledgeAll();
  await expect(review.part('approve')).toBeEnabled();
  await report({ title: 'The person reviews what the dapp asks for', facts: [], shot: review.page });
  await review.approve();
  await dapp.expectStatus(/enabled/i);
  const permission = await onlyPermission(dapp);
  expect(await enabledOn(firstChain(devnet), permission.permissionId, account)).toBe(true);
  await expect(review.part('result-hash').first()).toBeVisible();
  await report({
    title: 'The permission is enabled on chain',
    facts: [
      `permissionId ${permission.permissionId}`,
      'isPermissionEnabled true',
      ...(await logLines(dapp, /0x[0-9a-f]{64}/)),
    ],
    shot: review.page,
  });
  return permission.permissionId;
};

const onlyPermission = async (dapp: DappPage): Promise<GrantSummary['permissions'][number]> => {
  const answer = await callProvider(dapp.page, 'latchkey_getPermissions');
  if (!('result' in answer))
    throw new Error(`latchkey_getPermissions failed: ${JSON.stringify(answer.error)}`);
  const permission = (answer.result as GrantSummary[])[0]?.permissions[0];
  if (!permission) throw new Error('The dapp has no permission.');
  return permission;
};

const logLines = async (dapp: DappPage, pattern: RegExp): Promise<string[]> => {
  const lines = (await dapp.part('log').locator('li').allTextContents()).filter((line) => pattern.test(line));
  return lines.slice(-1);
};

const incrementThrice = async (job: Job): Promise<void> => {
  const { extension, devnet, dapp, report } = job;
  const before = await countOn(firstChain(devnet));
  const pages = extension.context.pages().length;
  for (const times of [1n, 2n, 3n]) {
    await dapp.increment();
    await expect.poll(() => countOn(firstChain(devnet)), { timeout: 60_000 }).toBe(before + times);
    await expect(dapp.part('increment')).toBeEnabled();
    await report({
      title: `Increment ${times}, with no prompt`,
      facts: [`count ${before + times}`, ...(await logLines(dapp, /0x[0-9a-f]{64}/))],
    });
  }
  expect(extension.context.pages()).toHaveLength(pages);
};

const refusedLocally = async (job: Job): Promise<void> => {
  const { devnet, dapp, report } = job;
  const before = await countOn(firstChain(devnet));
  const sent = devnet.requests.length;
  await dapp.increment();
  await expect(dapp.part('log')).toContainText('USAGE_LIMIT');
  await report({
    title: 'The fourth increment is refused locally',
    facts: await logLines(dapp, /USAGE_LIMIT/),
  });
  await dapp.tryOutside();
  await expect(dapp.part('log')).toContainText('ACTION_NOT_GRANTED');
  await report({
    title: 'Another function is refused locally',
    facts: await logLines(dapp, /ACTION_NOT_GRANTED/),
    shot: dapp.page,
  });
  expect(devnet.requests).toHaveLength(sent);
  expect(await countOn(firstChain(devnet))).toBe(before);
};

const refusedByChain = async ({ devnet, popup, dapp, report }: Job): Promise<void> => {
  const before = await countOn(firstChain(devnet));
  const rewritten = await rewriteStoredPolicy(popup.page, {
    target: firstChain(devnet).counter,
    policy: policyAddresses.usageLimit,
    initData: usageLimitOf100,
  });
  expect(rewritten).toBe(1);
  await dapp.increment();
  await expect(dapp.part('log')).toContainText('PolicyViolation', { timeout: 60_000 });
  expect(await countOn(firstChain(devnet))).toBe(before);
  await report({
    title: 'The same call, forced past the local check, is refused by the chain',
    facts: [...(await logLines(dapp, /PolicyViolation/)), `count ${before}`],
  });
};

/** The product's main job, from connecting to the refusals, each step checked on chain. */
export const runMainJob = async (job: Job): Promise<void> => {
  await connect(job);
  await askAndApprove(job);
  await incrementThrice(job);
  await refusedLocally(job);
  await refusedByChain(job);
};
