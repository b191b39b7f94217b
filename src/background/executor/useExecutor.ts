import { buildExecRequest, buildOperationsExecRequest } from '../../protocol/mee/exec';
import type { VerifiedQuote } from '../../protocol/mee/verify';
import type { GrantRecord, PlannedSponsorship, Submission, UseRequest } from '../../storage/records';
import type { Vault } from '../../vault/index';
import type { Chains } from '../chain/chains';
import { refusalOf } from '../errors/refusal';
import { hasReason } from '../errors/rpcErrors';
import type { Journal } from '../journal/journal';
import { boundsOf } from '../sessions/bounds';
import type { ChainState } from '../sessions/chainState';
import { notOnChain } from '../sessions/denials';
import { joinByChain, judgeCalls, judgeFee } from '../sessions/grantScope';
import { chainsOfUse } from '../sessions/grants';
import type { Moment, NetworkTime } from '../sessions/networkTime';
import { sponsorshipOf } from '../sessions/plan/sponsorship';
import type { Reservations } from '../sessions/reservations';
import type { Outcome } from './outcome';
import type { PaymentPlanner } from './payment';
import { quoteForUse } from './quoteForUse';
import type { Quoter } from './quoter';
import { boundsOver } from './refusals';
import { submissionOf } from './submission';

type Parts = {
  quote: Quoter;
  payment: PaymentPlanner;
  chains: Chains;
  chainState: Pick<ChainState, 'missing'>;
  vault: Pick<Vault, 'signer'>;
  reservations: Reservations;
  journal: Journal;
  time: NetworkTime;
};

/** What the calls of a request, and its fee, are reserved under. */
const holders = (requestId: string) => ({ calls: requestId, fee: `${requestId}:fee` });

const payerOf = (grant: GrantRecord, sponsorship: PlannedSponsorship | undefined) => ({
  ...(sponsorship === undefined ? {} : { sponsorship }),
  ...(grant.feeToken === undefined ? {} : { feeToken: grant.feeToken }),
});

/** Signed as a whole, or operation by operation where the account's version takes nothing else. */
type SessionSigner = Pick<Awaited<ReturnType<Vault['signer']>>, 'signMessage'>;

const signedBy = async (signer: SessionSigner, quote: VerifiedQuote): Promise<Submission> => {
  if (quote.signing !== 'eachOperation') {
    return submissionOf(quote, buildExecRequest(quote, await signer.signMessage(quote.hash)));
  }
  const own = quote.sponsored ? quote.userOpHashes.slice(1) : quote.userOpHashes;
  const signatures = await Promise.all(own.map((hash) => signer.signMessage(hash)));
  return submissionOf(quote, buildOperationsExecRequest(quote, signatures));
};

/** What a USE needs: counters reserved, a proven quote, the session key's signature, counters settled. */
export const createUseExecutor = (parts: Parts) => {
  const { quote, payment, chains, chainState, vault, reservations, journal, time } = parts;

  const settleOne = (grantId: string, chainId: number, holder: string, counted: boolean) =>
    counted ? reservations.commit(grantId, chainId, holder) : reservations.release(grantId, chainId, holder);

  /** A chain that can't be read doesn't stand in the way: it judges the operation again itself. */
  const assertOnChain = async (grant: GrantRecord, chainIds: readonly number[]): Promise<void> => {
    await Promise.all(
      chainIds.map(async (chainId) => {
        const missing = await chainState.missing(grant, chainId).catch((error: unknown) => {
          if (hasReason(error, 'RPC_UNREACHABLE')) return undefined;
          throw error;
        });
        if (missing !== undefined) throw notOnChain(chainId, missing);
      }),
    );
  };

  /**
   * A node that simulates refuses a fee that the permission can't pay in words of its own. The fee is asked for without
   * simulation and judged here, so that what the budget lacks is told by its name.
   */
  const explained = async (
    refusal: unknown,
    { id, params }: UseRequest,
    grant: GrantRecord,
    moment: Moment,
  ) => {
    if (!hasReason(refusal, 'NODE_REFUSED') || params.sponsorship) return refusal;
    const unsimulated = { ...params, simulation: { simulate: false } };
    const paid = await payment(payerOf(grant, undefined));
    const answer = await quote(quoteForUse(grant, unsimulated, boundsOf(params, moment), paid)).catch(
      () => undefined,
    );
    if (!answer) return refusal;
    const { fee } = answer;
    const ledger = await reservations.expected(grant.grantId, fee.chainId, holders(id).fee);
    const short = await refusalOf(async () => void judgeFee(grant, fee.chainId, fee, ledger, moment.now));
    return short ?? refusal;
  };

  const quoted = async (record: UseRequest, grant: GrantRecord, moment: Moment): Promise<VerifiedQuote> => {
    const { params } = record;
    const bounds = boundsOf(params, moment);
    if (bounds.upper <= moment.now) throw boundsOver();
    const paid = await payment(payerOf(grant, sponsorshipOf(params)));
    const [answer, held] = await Promise.allSettled([
      quote(quoteForUse(grant, params, bounds, paid)),
      assertOnChain(grant, chainsOfUse(grant, params)),
    ]);
    if (held.status === 'rejected') throw held.reason;
    if (answer.status === 'rejected') throw await explained(answer.reason, record, grant, moment);
    return answer.value;
  };

  return {
    /** Reserves what the calls count on every chain, or nothing. Throws 4100 with the reasons. */
    reserve: async ({ id, params }: UseRequest, grant: GrantRecord): Promise<void> => {
      for (const part of joinByChain(params.instructions)) {
        await reservations.reserve(grant.grantId, part.chainId, holders(id).calls, (ledger) =>
          judgeCalls(grant, part, ledger, time.read().now),
        );
      }
    },
    /** From approved (or quoted, after a restart) to signed. */
    sign: async (record: UseRequest, grant: GrantRecord): Promise<void> => {
      const { id, params } = record;
      await Promise.all(params.instructions.map(({ chainId }) => chains.on(chainId)));
      await time.sync(chainsOfUse(grant, params));
      const moment = time.read();
      const signer = await vault.signer(grant.keyId);
      const proven = await quoted(record, grant, moment);
      const { fee, sponsored } = proven;
      if (!sponsored) {
        await reservations.reserve(grant.grantId, fee.chainId, holders(id).fee, (ledger) =>
          judgeFee(grant, fee.chainId, fee, ledger, moment.now),
        );
      }
      await journal.advance(id, 'quoted');
      const submission = await signedBy(signer, proven);
      await journal.advance(id, 'signed', (old) => ({ ...old, submission }));
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
