import type { Lab } from '../lab';
import { killWorker } from '../worker';
import type { Kind, Loss, Stage, Stopped } from './stages';

export type Fault =
  | 'the worker is stopped'
  | 'the review is closed'
  | 'the tab is reloaded'
  | 'the browser is killed';

type Injection = {
  /** What goes down with it. */
  loss: Loss;
  /** Whether the page that asked is gone, so that its next document asks again. */
  losesPage: boolean;
  inject(lab: Lab, stopped: Stopped): Promise<unknown>;
};

export const faults: Record<Fault, Injection> = {
  'the worker is stopped': {
    loss: 'worker',
    losesPage: false,
    inject: (lab) => killWorker(lab.extension().context, lab.dapp()),
  },
  'the review is closed': {
    loss: 'nothing',
    losesPage: false,
    inject: async (_lab, { review }) => review?.page.close(),
  },
  'the tab is reloaded': { loss: 'nothing', losesPage: true, inject: (lab) => lab.dapp().reload() },
  'the browser is killed': { loss: 'browser', losesPage: true, inject: (lab) => lab.restart() },
};

/** How a request ends. */
export type End =
  | { state: 'confirmed' }
  | { state: 'rejected'; code: 4001; reason: 'REVIEW_CLOSED' | 'BROWSER_RESTARTED' }
  | { state: 'failed'; code: -32000; reason: 'INTERRUPTED' };

const waitsForPerson = (kind: Kind, stage: Stage): boolean =>
  stage === 'awaitingReview' || (stage === 'received' && kind === 'PREPARE');

const reachedNode: readonly Stage[] = ['signed, sent', 'submitted', 'mined', 'confirmed'];

/** The rules: what the node has goes on; a killed browser ends the rest; a closed review rejects what it asked about. */
export const endOf = (kind: Kind, stage: Stage, fault: Fault): End => {
  if (fault === 'the browser is killed' && !reachedNode.includes(stage)) {
    return waitsForPerson(kind, stage)
      ? { state: 'rejected', code: 4001, reason: 'BROWSER_RESTARTED' }
      : { state: 'failed', code: -32000, reason: 'INTERRUPTED' };
  }
  if (fault === 'the review is closed' && stage === 'awaitingReview') {
    return { state: 'rejected', code: 4001, reason: 'REVIEW_CLOSED' };
  }
  return { state: 'confirmed' };
};

/** Whether the person has yet to say yes. */
export const needsApproval = (kind: Kind, stage: Stage, fault: Fault): boolean =>
  waitsForPerson(kind, stage) && endOf(kind, stage, fault).state === 'confirmed';

/** Every cell that can happen: a USE has no review, and a review that isn't open can't be closed. */
export const cells = (kind: Kind, fault: Fault): readonly Stage[] => {
  const stages: readonly Stage[] = [
    'received',
    'awaitingReview',
    'approved',
    'quoted',
    'signed, unsent',
    'signed, sent',
    'submitted',
    'mined',
    'confirmed',
  ];
  return stages.filter((stage) => {
    if (kind === 'USE') return stage !== 'awaitingReview' && fault !== 'the review is closed';
    return stage !== 'received' || fault !== 'the review is closed';
  });
};
