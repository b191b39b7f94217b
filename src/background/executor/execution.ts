import type { Vault } from '../../vault/index';
import type { Chains } from '../chain/chains';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { MeeNode } from '../mee/node';
import type { OwnerAdapter } from '../owner/owner';
import type { ChainState } from '../sessions/chainState';
import type { NetworkTime } from '../sessions/networkTime';
import type { Reservations } from '../sessions/reservations';
import { createAuthorizer } from './authorizations';
import { createChainEvidence } from './chainEvidence';
import type { RandomHint } from './nonces';
import { createOwnerExecutor } from './ownerExecutor';
import { createOwnerSignature } from './ownerSignature';
import { createOwnerTransactions } from './ownerTransaction';
import { createPaymentPlanner } from './payment';
import { createPrepareExecutor } from './prepareExecutor';
import { createQuoter } from './quoter';
import { createRevokeExecutor } from './revokeExecutor';
import { createSender } from './sender';
import { createTracker } from './tracker';
import { createUseExecutor } from './useExecutor';

/** Quote, sign, send, track and prove: all that runs a supertransaction. */
export const createExecution = (parts: {
  node: MeeNode;
  chains: Chains;
  chainState: ChainState;
  owner: OwnerAdapter;
  vault: Pick<Vault, 'signer'>;
  reservations: Reservations;
  journal: Journal;
  clock: Clock;
  time: NetworkTime;
  randomHint: RandomHint;
}) => {
  const { node, chains, chainState, owner, vault, reservations, journal, clock, time, randomHint } = parts;
  /** By which what was signed is over: time bounds are the chains'. */
  const late: Clock = { now: () => time.read().latest, sleep: clock.sleep };
  const quote = createQuoter({ node, chains, randomHint });
  const payment = createPaymentPlanner({ node });
  const transactions = createOwnerTransactions({ chains, owner, clock: late });
  const ownerExecutor = createOwnerExecutor({
    ...{ quote, node, chains, payment },
    authorize: createAuthorizer({ chains, owner }),
    signQuote: createOwnerSignature({ chains, owner, transactions }),
  });
  return {
    prepare: createPrepareExecutor({ owner: ownerExecutor, chains, chainState, journal, clock, time }),
    revoke: createRevokeExecutor({ owner: ownerExecutor, chainState, journal, clock, time }),
    use: createUseExecutor({ quote, payment, chains, chainState, vault, reservations, journal, time }),
    transactions,
    send: createSender({ node, clock: late }),
    track: createTracker({ node, clock: late }),
    evidence: createChainEvidence({ chains, clock }),
  };
};
