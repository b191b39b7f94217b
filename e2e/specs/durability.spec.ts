import { holdNext } from '../../devnet/holdNext';
import { expect, test } from '../fixtures';
import { countOn, enabledOn, firstChain } from '../flows/chain';
import { granted } from '../flows/granted';
import { callProvider } from '../flows/provider';
import { incrementCall, prepareRequest, useRequest } from '../flows/requests';
import { reviewOpenedBy } from '../flows/review';
import { killWorker } from '../worker';

const executions = (requests: readonly { path: string; body: unknown }[]): Set<unknown> =>
  new Set(
    requests.filter(({ path }) => path.endsWith('/exec')).map(({ body }) => (body as { hash: string }).hash),
  );

test('the worker dies between approval and the quote: the permission is enabled once', async ({
  extension,
  devnet,
  dapp,
}) => {
  const before = executions(devnet.requests).size;
  let answer: ReturnType<typeof callProvider> | undefined;
  const request = prepareRequest(devnet, { requestId: 'killed-at-quote' });
  const review = await reviewOpenedBy(extension.context, async () => {
    answer = callProvider(dapp.page, 'latchkey_prepare', [request]);
  });
  await review.acknowledgeAll();
  const { reached, release } = holdNext(devnet, 'quote');
  await review.approve();
  await reached;
  await killWorker(extension.context, dapp.page);
  release();
  const settled = await answer;
  expect(settled).toHaveProperty('result');
  const { account, permissions } = (
    settled as { result: { account: `0x${string}`; permissions: { permissionId: `0x${string}` }[] } }
  ).result;
  for (const { permissionId } of permissions) {
    expect(await enabledOn(firstChain(devnet), permissionId, account)).toBe(true);
  }
  expect(executions(devnet.requests).size).toBe(before + 1);
});

test('the worker dies between submission and the node’s answer: the call is executed once', async ({
  extension,
  devnet,
  dapp,
}) => {
  await granted({ extension, devnet, dapp });
  const chain = firstChain(devnet);
  const count = await countOn(chain);
  const before = executions(devnet.requests).size;
  const { reached, release } = holdNext(devnet, 'exec');
  const use = useRequest(devnet, 'killed-at-exec', incrementCall(chain.counter));
  const answer = callProvider(dapp.page, 'latchkey_use', [use]);
  await reached;
  await killWorker(extension.context, dapp.page);
  release();
  expect(await answer).toHaveProperty('result.hash');
  expect(await countOn(chain)).toBe(count + 1n);
  expect(executions(devnet.requests).size).toBe(before + 1);
  expect(await callProvider(dapp.page, 'latchkey_use', [use])).toEqual(await answer);
  expect(await countOn(chain)).toBe(count + 1n);
});

test('the worker dies while a review is open: the decision still counts', async ({
  extension,
  devnet,
  dapp,
}) => {
  let answer: ReturnType<typeof callProvider> | undefined;
  const request = prepareRequest(devnet, { requestId: 'killed-at-review' });
  const review = await reviewOpenedBy(extension.context, async () => {
    answer = callProvider(dapp.page, 'latchkey_prepare', [request]);
  });
  await killWorker(extension.context, dapp.page);
  await review.approve();
  expect(await answer).toHaveProperty('result.hash');
});
