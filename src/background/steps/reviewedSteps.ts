import type { PrepareRequest, RevokeRequest } from '../../storage/records';
import { recordIncomplete } from '../executor/refusals';
import type { Step, StepResult } from './runner';

type Stage<R, P> = (record: R, plan: P) => Promise<StepResult>;

/** One step for each state of a request that a person reviews. What waits for the person pauses. */
export const createReviewedSteps =
  <P, R extends (PrepareRequest | RevokeRequest) & { plan?: P }>(stages: {
    received: (record: R) => Promise<StepResult>;
    approved: Stage<R, P>;
    signed: (record: R, fresh: boolean, plan: P) => Promise<StepResult>;
    submitted: Stage<R, P>;
    mined: Stage<R, P>;
  }): Step<R> =>
  async (record, fresh) => {
    if (record.state === 'received') return stages.received(record);
    if (record.state === 'awaitingReview') return 'pause';
    const { plan } = record;
    if (!plan) throw recordIncomplete();
    switch (record.state) {
      case 'approved':
      case 'quoted':
        return stages.approved(record, plan);
      case 'signed':
        return stages.signed(record, fresh, plan);
      case 'submitted':
        return stages.submitted(record, plan);
      case 'mined':
        return stages.mined(record, plan);
      default:
        return 'pause';
    }
  };
