import type { Vault } from '../../vault/index';
import type { Chains } from '../chain/chains';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { MeeNode } from '../mee/node';
import type { OwnerAdapter } from '../owner/owner';
import type { Reservations } from '../sessions/reservations';
import { createChainEvidence } from './chainEvidence';
import type { RandomHint } from './nonces';
import { createPrepareExecutor } from './prepareExecutor';
import { createQuoter } from './quoter';
import { createSender } from './sender';
import { createTracker } from './tracker';
import { createUseExecutor } from './useExecutor';

/** Quote, sign, send, track and prove: all that runs a supertransaction. */
export const createExecution = (parts: {
  node: MeeNode;
  chains: Chains;
  owner: OwnerAdapter;
  vault: Pick<Vault, 'signer'>;
  reservations: Reservations;
  journal: Journal;
  clock: Clock;
  randomHint: RandomHint;
}) => {
  const { node, chains, owner, vault, reservations, journal, clock, randomHint } = parts;
  const quote = createQuoter({ node, chains, randomHint });
  return {
    prepare: createPrepareExecutor({ quote, node, chains, owner, journal, clock }),
    use: createUseExecutor({ quote, chains, vault, reservations, journal, clock }),
    send: createSender({ node, clock }),
    track: createTracker({ node, clock }),
    evidence: createChainEvidence({ chains, clock }),
  };
};
