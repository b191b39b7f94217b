import type { Vault } from '../../vault/index';
import type { Chains } from '../chain/chains';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { MeeNode } from '../mee/node';
import type { OwnerAdapter } from '../owner/owner';
import type { ChainState } from '../sessions/chainState';
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
  randomHint: RandomHint;
}) => {
  const { node, chains, chainState, owner, vault, reservations, journal, clock, randomHint } = parts;
  const quote = createQuoter({ node, chains, randomHint });
  const payment = createPaymentPlanner({ node });
  const transactions = createOwnerTransactions({ chains, owner, clock });
  const ownerExecutor = createOwnerExecutor({
    ...{ quote, node, chains, payment },
    authorize: createAuthorizer({ chains, owner }),
    signQuote: createOwnerSignature({ chains, owner, transactions }),
  });
  return {
    prepare: createPrepareExecutor({ owner: ownerExecutor, chains, chainState, journal, clock }),
    revoke: createRevokeExecutor({ owner: ownerExecutor, chainState, journal, clock }),
    use: createUseExecutor({ quote, payment, chains, chainState, vault, reservations, journal, clock }),
    transactions,
    send: createSender({ node, clock }),
    track: createTracker({ node, clock }),
    evidence: createChainEvidence({ chains, clock }),
  };
};
