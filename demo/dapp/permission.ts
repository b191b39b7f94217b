import * as v from 'valibot';
import { toFunctionSelector } from 'viem/utils';
import { buildSessionAction, type Latchkey, type PrepareResult, type UseResult } from '../../src/client';
import type { DappConfig } from './config';

const oneHour = 3600;
const pendingKey = 'counter-dapp.pending';
const pendingSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ requestId: v.string(), validUntil: v.number() }),
);

/** What must be kept to ask the same again after a reload. */
type Pending = v.InferOutput<typeof pendingSchema>;

/** The question that was still open when the page was left, if any. */
export const readPending = (): Pending | undefined => {
  const parsed = v.safeParse(pendingSchema, localStorage.getItem(pendingKey));
  return parsed.success ? parsed.output : undefined;
};

const newPending = (): Pending => ({
  requestId: crypto.randomUUID(),
  validUntil: Math.floor(Date.now() / 1000) + oneHour,
});

/** Asks for Counter.incrementCount, three times within one hour; an open question is taken up again. */
export const askPermission = async (latchkey: Latchkey, config: DappConfig): Promise<PrepareResult> => {
  const { requestId, validUntil } = readPending() ?? newPending();
  localStorage.setItem(pendingKey, JSON.stringify({ requestId, validUntil }));
  const actions = buildSessionAction({
    type: 'custom',
    data: {
      chainIds: [config.chainId],
      contractAddress: config.counter,
      functionSignature: 'incrementCount()',
      policies: [
        { type: 'usageLimit', limit: 3n },
        // Without it each call may carry all of the account's coin; one wei is the least that the policy knows.
        { type: 'valueLimit', limit: 1n },
        { type: 'timeframe', validAfter: 0, validUntil },
      ],
    },
  });
  const feeToken = { address: config.feeToken, chainId: config.chainId };
  try {
    return await latchkey.prepare({ requestId, enableSession: { actions }, feeToken });
  } finally {
    localStorage.removeItem(pendingKey);
  }
};

/** Calls a function of the counter that takes nothing, through whatever permission this site holds. */
export const callCounter = (latchkey: Latchkey, config: DappConfig, signature: string): Promise<UseResult> =>
  latchkey.use({
    instructions: [
      { chainId: config.chainId, calls: [{ to: config.counter, data: toFunctionSelector(signature) }] },
    ],
  });
