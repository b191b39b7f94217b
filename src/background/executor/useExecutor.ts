import type { GrantRecord, UseRequest } from '../../storage/records';
import type { Vault } from '../../vault/index';
import type { Chains } from '../chain/chains';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import { boundsOf } from '../sessions/bounds';
import { spendFee } from '../sessions/feeSpend';
import { joinByChain, judgeCalls, permissionOn } from '../sessions/grants';
import type { Reservations } from '../sessions/reservations';
import type { Outcome } from './outcome';
import { quoteForUse } from './quoteForUse';
import type { Quoter } from './quoter';
import { boundsOver } from './refusals';
import { submissionOf } from './submission';

type Parts = {
  quote: Quoter;
  chains: Chains;
  vault: Pick<Vault, 'signer'>;
  reservations: Reservations;
  journal: Journal;
  clock: Clock;
};

/** What the calls of a request, and its fee, are reserved under. */
const holders = (requestId: string) => ({ calls: requestId, fee: `${requestId}:fee` });

/** What a USE needs: counters reserved, a proven quote, the session key's signature, counters settled. */
export const createUseExecutor = ({ quote, chains, vault, reservations, journal, clock }: Parts) => {
  const settleOne = (grantId: string, chainId: number, holder: string, counted: boolean) =>
    counted ? reservations.commit(grantId, chainId, holder) : reservations.release(grantId, chainId, holder);

  return {
    /** Reserves what the calls count on every chain, or nothing. Throws 4100 with the reasons. */
    reserve: async ({ id, params }: UseRequest, grant: GrantRecord): Promise<void> => {
      for (const part of joinByChain(params.instructions)) {
        await reservations.reserve(grant.grantId, part.chainId, holders(id).calls, (ledger) =>
          judgeCalls(grant, part, ledger, clock.now()),
        );
      }
    },
    /** From approved (or quoted, after a restart) to signed. */
    sign: async ({ id, params }: UseRequest, grant: GrantRecord): Promise<void> => {
      const now = clock.now();
      const bounds = boundsOf(params, now);
      if (bounds.upper <= now) throw boundsOver();
      const parts = joinByChain(params.instructions);
      await Promise.all(parts.map(({ chainId }) => chains.on(chainId)));
      const signer = await vault.signer(grant.keyId);
      const quoted = await quote(quoteForUse(grant, parts, bounds));
      const permission = permissionOn(grant, grant.feeToken.chainId);
      await reservations.reserve(grant.grantId, permission.chainId, holders(id).fee, (ledger) =>
        spendFee({ permission, account: grant.account, ledger, fee: quoted.fee, time: now }),
      );
      await journal.advance(id, 'quoted');
      const submission = submissionOf(quoted, await signer.signMessage(quoted.hash));
      await journal.advance(id, 'signed', (record) => ({ ...record, submission }));
    },
    /** Settles the counters by what became of the operations: what was included counts, even when it failed. */
    settle: async (
      { id }: UseRequest,
      grantId: string,
      counted: readonly { chainId: number; counted: boolean }[],
    ) => {
      const [payment, ...rest] = counted;
      if (payment) await settleOne(grantId, payment.chainId, holders(id).fee, payment.counted);
      for (const one of rest) await settleOne(grantId, one.chainId, holders(id).calls, one.counted);
    },
    /** Gives back whatever a request still holds. */
    release: async (requestId: string, grant: GrantRecord): Promise<void> => {
      for (const { chainId } of grant.permissions) {
        await reservations.release(grant.grantId, chainId, holders(requestId).calls);
        await reservations.release(grant.grantId, chainId, holders(requestId).fee);
      }
    },
  };
};

/** Whether each operation was included on its chain, by the node's word. */
export const countedBy = (outcome: Outcome): readonly { chainId: number; counted: boolean }[] =>
  outcome.map(({ chainId, status }) => ({ chainId, counted: status !== 'dropped' }));

export type UseExecutor = ReturnType<typeof createUseExecutor>;
