import type { Devnet } from '../../devnet/devnet';
import type { PrepareResult } from '../../src/rpc/dapp/methods';
import type { Extension } from '../browser';
import type { DappPage } from '../pages/DappPage';
import { callProvider } from './provider';
import { prepareRequest } from './requests';
import { reviewOpenedBy } from './review';

/** A permission for Counter.incrementCount that the person approved and the chain holds. */
export const granted = async (
  { extension, devnet, dapp }: { extension: Extension; devnet: Devnet; dapp: DappPage },
  usageLimit = 3n,
): Promise<PrepareResult> => {
  const request = prepareRequest(devnet, { requestId: crypto.randomUUID(), usageLimit });
  let answer: ReturnType<typeof callProvider> | undefined;
  const review = await reviewOpenedBy(extension.context, async () => {
    answer = callProvider(dapp.page, 'latchkey_prepare', [request]);
  });
  await review.approve();
  const settled = await answer;
  if (!settled || !('result' in settled)) throw new Error(`Not granted: ${JSON.stringify(settled)}`);
  await review.page.close();
  return settled.result as PrepareResult;
};
