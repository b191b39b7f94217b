import { test } from '../fixtures';
import { runMainJob } from '../flows/mainJob';

test('a dapp gets a permission, acts three times with no prompt, and nothing outside passes', async ({
  extension,
  devnet,
  ready,
  dapp,
}) => {
  const report = async () => {};
  await runMainJob({ extension, devnet, dapp, ...ready, report });
});
