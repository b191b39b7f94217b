import type { Devnet } from '../../devnet/devnet';
import { holdNext } from '../../devnet/holdNext';
import { firstChain } from '../flows/chain';
import { journalHas, lockStores } from '../flows/journal';
import { type Answer, callProvider } from '../flows/provider';
import { incrementCall, prepareRequest, useRequest } from '../flows/requests';
import { reviewOpenedBy } from '../flows/review';
import type { HeldRequest } from '../gateway';
import type { Lab } from '../lab';
import type { PopupPage } from '../pages/PopupPage';

export type Kind = 'PREPARE' | 'USE';

/** Where a request is stopped: a state of the journal, and for `signed` whether the node has it. */
export type Stage =
  | 'received'
  | 'awaitingReview'
  | 'approved'
  | 'quoted'
  | 'signed, unsent'
  | 'signed, sent'
  | 'submitted'
  | 'mined'
  | 'confirmed';

/** What a fault takes down. */
export type Loss = 'nothing' | 'worker' | 'browser';

/** Something that keeps a request from going on. */
type Brake = { reached: Promise<void>; letGo(lost: Loss): Promise<void> };

/** A request of the dapp, with the call that asks for it. */
export type Asked = { requestId: string; ask(): Promise<Answer> };

/** A request that was stopped at a stage. */
export type Stopped = { answer: Promise<Answer>; review?: PopupPage; letGo(lost: Loss): Promise<void> };

const free: Brake = { reached: Promise.resolve(), letGo: async () => undefined };

/** A request whose sender was killed never reaches its server. */
const brakeOf = (held: HeldRequest): Brake => ({
  reached: held.reached,
  letGo: async (lost) => {
    if (lost !== 'nothing') await held.dropped;
    held.release();
  },
});

const lock = async (lab: Lab, store: 'ledger' | 'vaultKeys'): Promise<Brake> => {
  const release = await lockStores(lab.probe(), store);
  return {
    ...free,
    letGo: async (lost) => {
      if (lost !== 'browser') await release();
    },
  };
};

/** The signature needs a key that the worker can't read for now. */
const beforeSignature = async (lab: Lab): Promise<Brake> => {
  const quote = lab.node.hold(/^POST \/v1\/quote/);
  let locked = free;
  return {
    reached: quote.reached.then(async () => {
      locked = await lock(lab, 'vaultKeys');
      quote.release();
    }),
    letGo: (lost) => locked.letGo(lost),
  };
};

const sent = (devnet: Devnet): Brake => {
  const { reached, release } = holdNext(devnet, 'exec');
  return { reached, letGo: async () => release() };
};

const brakeAt = async (lab: Lab, stage: Stage): Promise<Brake> => {
  switch (stage) {
    case 'received':
    case 'approved':
      return brakeOf(lab.node.hold(/^POST \/v1\/quote/));
    case 'quoted':
      return beforeSignature(lab);
    case 'signed, unsent':
      return brakeOf(lab.node.hold(/^POST \/v1\/exec/));
    case 'signed, sent':
      return sent(lab.devnet);
    case 'submitted':
      return brakeOf(lab.node.hold(/^GET \/v1\/explorer/));
    case 'mined':
      return brakeOf(lab.rpc.hold(/eth_getTransactionReceipt/));
    default:
      return free;
  }
};

const stateOf = (stage: Stage): string => stage.split(',')[0] ?? stage;

const inState = (lab: Lab, { requestId }: Asked, stage: Stage): Promise<void> =>
  journalHas(lab.probe(), { origin: lab.origin, requestId, state: stateOf(stage) });

const stopPrepare = async (lab: Lab, asked: Asked, stage: Stage): Promise<Stopped> => {
  if (stage === 'received') {
    const brake = await brakeAt(lab, stage);
    const answer = asked.ask();
    await brake.reached;
    return { answer, letGo: brake.letGo };
  }
  let answer: Promise<Answer> | undefined;
  const review = await reviewOpenedBy(lab.extension().context, async () => {
    answer = asked.ask();
  });
  if (!answer) throw new Error('Nothing was asked.');
  const brake = await brakeAt(lab, stage);
  if (stage !== 'awaitingReview') await review.approve();
  await brake.reached;
  return { answer, review, letGo: brake.letGo };
};

const stopUse = async (lab: Lab, asked: Asked, stage: Stage): Promise<Stopped> => {
  const brake = stage === 'received' ? await lock(lab, 'ledger') : await brakeAt(lab, stage);
  const answer = asked.ask();
  await brake.reached;
  return { answer, letGo: brake.letGo };
};

/** Makes a request and stops it at a stage. */
export const stopAt = async (lab: Lab, kind: Kind, asked: Asked, stage: Stage): Promise<Stopped> => {
  const stop = kind === 'PREPARE' ? stopPrepare : stopUse;
  const stopped = await stop(lab, asked, stage);
  stopped.answer.catch(() => undefined);
  await inState(lab, asked, stage);
  return stopped;
};

/** A permission that no earlier one covers. */
export const askToPrepare = (lab: Lab, requestId: string, usageLimit: bigint): Asked => {
  const request = prepareRequest(lab.devnet, { requestId, usageLimit });
  return { requestId, ask: () => callProvider(lab.dapp(), 'latchkey_prepare', [request]) };
};

/** Counter.incrementCount under a grant. */
export const askToUse = (lab: Lab, requestId: string, grantId: string): Asked => {
  const call = incrementCall(firstChain(lab.devnet).counter);
  const request = { ...useRequest(lab.devnet, requestId, call), grantId };
  return { requestId, ask: () => callProvider(lab.dapp(), 'latchkey_use', [request]) };
};
