import 'fake-indexeddb/auto';
import type { Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { dearQuote } from './testing/dearQuote';
import { origin, type Scene } from './testing/scene';
import { useScene } from './testing/useScene';

let devnet: Devnet;
let scene: Scene;

useScene(
  () => startDevnet(devnetOptionsFromEnvironment()),
  (current) => {
    ({ network: devnet, scene } = current);
  },
);

type Quoted = {
  hash: Hex;
  paymentInfo: { tokenWeiAmount: string };
  userOps: { userOp: { callData: Hex } }[];
};

describe('a hostile node', () => {
  const changes: Record<string, (quote: Quoted) => Quoted> = {
    hash: (quote) => ({ ...quote, hash: `0x${'42'.repeat(32)}` }),
    fee: (quote) => ({ ...quote, paymentInfo: { ...quote.paymentInfo, tokenWeiAmount: '1' } }),
    callData: (quote) => {
      const userOps = structuredClone(quote.userOps);
      for (const { userOp } of userOps.slice(1)) userOp.callData = `${userOp.callData}00`;
      return { ...quote, userOps };
    },
  };

  it.each(Object.keys(changes))(
    'that changes the %s gets no signature, and the counters stay',
    async (field) => {
      await scene.grant('g', [scene.home], 1n);
      const sent = scene.submissions();
      devnet.setFault((kind, body) => (kind === 'quote' ? changes[field]?.(body as Quoted) : body));
      await expect(scene.use('bad')).rejects.toMatchObject({
        code: -32000,
        data: { reason: 'QUOTE_MISMATCH', details: { field: expect.stringMatching(/hash|callData|Amount/) } },
      });
      expect(scene.submissions()).toBe(sent);
      devnet.setFault(undefined);
      expect(await scene.use('good')).toHaveProperty('hash');
    },
  );

  it('that asks for more than was approved gets no owner signature', async () => {
    const preparing = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('dear'));
    const review = await scene.nextPrepareReview();
    const most = review.fee?.max.amount ?? 0n;
    devnet.setFault((kind, body) => (kind === 'quote' ? dearQuote(body, most + 1n) : body));
    const sent = scene.submissions();
    await scene.approve(review);
    await expect(preparing).rejects.toMatchObject({ code: -32000, data: { reason: 'FEE_CHANGED' } });
    expect(scene.submissions()).toBe(sent);
    expect(await scene.dapp(origin, 'latchkey_getPermissions')).toMatchObject([{ state: 'failed' }]);
  });
});
