import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { countOn, firstChain } from '../flows/chain';
import { granted } from '../flows/granted';
import { callProvider } from '../flows/provider';
import { decrementCall, incrementCall, prepareRequest, useRequest } from '../flows/requests';
import { openReview } from '../flows/review';
import { password } from '../flows/setUp';
import { PopupPage } from '../pages/PopupPage';

type Refusal = { code: number; reason: string };

const expectRefused = async (
  page: Page,
  method: string,
  params: unknown,
  expected: Refusal,
): Promise<void> => {
  const answer = await callProvider(page, method, params);
  expect(answer).toMatchObject({
    error: {
      code: expected.code,
      isError: true,
      message: expect.stringMatching(/\S+ \S+/),
      data: { reason: expected.reason, action: expect.stringMatching(/\S+ \S+/) },
    },
  });
};

const submissions = (requests: readonly { path: string }[]): number =>
  requests.filter(({ path }) => path.endsWith('/exec')).length;

test('malformed requests are refused before anything is shown or sent', async ({
  extension,
  devnet,
  dapp,
}) => {
  const pages = extension.context.pages().length;
  const sent = devnet.requests.length;
  const good = prepareRequest(devnet, { requestId: 'malformed' });
  const [actions] = good.enableSession.actions;
  const malformed: unknown[] = [
    undefined,
    [],
    [{}],
    [{ ...good, requestId: '' }],
    [{ ...good, extra: 1 }],
    [{ ...good, feeToken: { ...good.feeToken, address: '0x1234' } }],
    [{ ...good, enableSession: { actions: [] } }],
    [{ ...good, enableSession: { actions: [{ ...actions, chainId: 0 }] } }],
    [
      {
        ...good,
        enableSession: {
          actions: [{ ...actions, actions: [{ ...actions?.actions[0], actionPolicies: [] }] }],
        },
      },
    ],
  ];
  for (const params of malformed) {
    await expectRefused(dapp.page, 'latchkey_prepare', params, { code: -32602, reason: 'INVALID_PARAMS' });
  }
  expect(extension.context.pages()).toHaveLength(pages);
  expect(devnet.requests).toHaveLength(sent);
});

test('an unknown method and owner signing are not offered', async ({ dapp }) => {
  for (const method of ['latchkey_nothing', 'eth_sendTransaction', 'personal_sign', 'getState', 'approve']) {
    await expectRefused(dapp.page, method, [], { code: 4200, reason: 'UNSUPPORTED_METHOD' });
  }
});

test('a chain that is not configured is refused by its number', async ({ devnet, dapp }) => {
  const good = prepareRequest(devnet, { requestId: 'chain' });
  const params = [
    { ...good, enableSession: { actions: [{ ...good.enableSession.actions[0], chainId: 424242 }] } },
  ];
  await expectRefused(dapp.page, 'latchkey_prepare', params, { code: 5710, reason: 'UNSUPPORTED_CHAIN' });
});

test('a wrong password says so, and the right one still works', async ({ ready }) => {
  const { popup } = ready;
  await popup.part('lock').click();
  await popup.unlock('not the password at all');
  await expect(popup.page.getByText(/password/i).and(popup.page.getByRole('alert'))).toBeVisible();
  await popup.unlock(password);
  await expect(popup.part('account-address')).toBeVisible();
});

test('a rejected review ends with 4001, and nothing reaches the node to be executed', async ({
  extension,
  devnet,
  dapp,
}) => {
  const before = submissions(devnet.requests);
  const { review, answer } = await openReview(extension.context, () =>
    callProvider(dapp.page, 'latchkey_prepare', [prepareRequest(devnet, { requestId: 'rejected' })]),
  );
  await review.reject();
  expect(await answer).toMatchObject({
    error: { code: 4001, isError: true, data: { reason: 'USER_REJECTED' } },
  });
  expect(submissions(devnet.requests)).toBe(before);
  expect(await callProvider(dapp.page, 'latchkey_getPermissions')).toEqual({ result: [] });
});

test('a closed review window ends with 4001', async ({ extension, devnet, dapp }) => {
  const { review, answer } = await openReview(extension.context, () =>
    callProvider(dapp.page, 'latchkey_prepare', [prepareRequest(devnet, { requestId: 'closed' })]),
  );
  await review.page.close();
  expect(await answer).toMatchObject({ error: { code: 4001, isError: true } });
});

test('USE outside the grant is refused with the reason, before anything is sent', async ({
  extension,
  devnet,
  dapp,
}) => {
  await granted({ extension, devnet, dapp }, 1n);
  const { counter } = firstChain(devnet);
  const before = await countOn(firstChain(devnet));
  const sent = devnet.requests.length;
  await expectRefused(dapp.page, 'latchkey_use', [useRequest(devnet, 'outside', decrementCall(counter))], {
    code: 4100,
    reason: 'ACTION_NOT_GRANTED',
  });
  const twice = useRequest(devnet, 'twice', incrementCall(counter));
  twice.instructions[0]?.calls.push(incrementCall(counter));
  await expectRefused(dapp.page, 'latchkey_use', [twice], { code: 4100, reason: 'USAGE_LIMIT_EXCEEDED' });
  expect(devnet.requests).toHaveLength(sent);
  expect(await countOn(firstChain(devnet))).toBe(before);
});

test('another origin can neither see nor use a grant', async ({ extension, devnet, dapp, dappServer }) => {
  const { grantId, requestId } = await granted({ extension, devnet, dapp });
  const { counter } = firstChain(devnet);
  const sent = devnet.requests.length;
  const stranger = await extension.context.newPage();
  await stranger.goto(dappServer.url.replace('127.0.0.1', 'localhost'));
  expect(await callProvider(stranger, 'latchkey_getPermissions')).toEqual({ result: [] });
  expect(await callProvider(stranger, 'eth_accounts')).toEqual({ result: [] });
  const use = { ...useRequest(devnet, 'stranger', incrementCall(counter)), grantId };
  await expectRefused(stranger, 'latchkey_use', [use], { code: 4100, reason: 'UNKNOWN_GRANT' });
  await expectRefused(stranger, 'latchkey_getRequest', [{ requestId }], {
    code: 4100,
    reason: 'UNKNOWN_REQUEST',
  });
  expect(devnet.requests).toHaveLength(sent);
});

type Body = {
  hash: string;
  paymentInfo: { tokenWeiAmount: string };
  userOps: { userOp: { callData: string } }[];
};

const hostile: Record<string, (quote: Body) => Body> = {
  'callData of an op': (quote) => {
    const [payment, ...ops] = structuredClone(quote.userOps);
    for (const op of ops) op.userOp.callData = `${op.userOp.callData.slice(0, -2)}ff`;
    return { ...quote, userOps: payment ? [payment, ...ops] : ops };
  },
  'the fee': (quote) => ({
    ...quote,
    paymentInfo: {
      ...quote.paymentInfo,
      tokenWeiAmount: (BigInt(quote.paymentInfo.tokenWeiAmount) - 1n).toString(),
    },
  }),
  'the hash': (quote) => ({ ...quote, hash: `0x${'42'.repeat(32)}` }),
};

for (const [what, change] of Object.entries(hostile)) {
  test(`a node that changes ${what} gets no signature`, async ({ extension, devnet, dapp }) => {
    await granted({ extension, devnet, dapp });
    const before = await countOn(firstChain(devnet));
    const sent = submissions(devnet.requests);
    devnet.setFault((kind, body) => (kind === 'quote' ? change(body as Body) : body));
    const use = useRequest(
      devnet,
      `hostile-${what.replaceAll(' ', '-')}`,
      incrementCall(firstChain(devnet).counter),
    );
    await expectRefused(dapp.page, 'latchkey_use', [use], { code: -32000, reason: 'QUOTE_MISMATCH' });
    expect(submissions(devnet.requests)).toBe(sent);
    devnet.setFault(undefined);
    const again = useRequest(devnet, 'honest-again', incrementCall(firstChain(devnet).counter));
    expect(await callProvider(dapp.page, 'latchkey_use', [again])).toHaveProperty('result');
    expect(await countOn(firstChain(devnet))).toBe(before + 1n);
  });
}

test('a locked vault refuses USE and says how to go on', async ({ extension, devnet, ready, dapp }) => {
  await granted({ extension, devnet, dapp });
  await ready.popup.part('lock').click();
  await expect(new PopupPage(ready.popup.page).part('unlock-password')).toBeVisible();
  const use = useRequest(devnet, 'locked', incrementCall(firstChain(devnet).counter));
  await expectRefused(dapp.page, 'latchkey_use', [use], { code: 4100, reason: 'LOCKED' });
});
