import { sameAddress } from '../../protocol/address';
import { diff } from '../../protocol/scope/diff';
import type { Difference } from '../../protocol/scope/difference';
import type { PrepareParams } from '../../rpc/dapp/prepareParams';
import type { GrantRecord, PlannedPermission } from '../../storage/records';
import type { GrantTable } from '../../storage/storage';
import { permissionOn, scopeOf } from './grantScope';
import type { PlanDraft } from './plan/plan';
import type { Reservations } from './reservations';

/** What a request asks for on one chain beyond a grant. */
export type ChainDifference = { chainId: number; difference: Difference };

/** A grant of the same origin and what a request asks for beyond what is left of it. */
export type Compared = { grant: GrantRecord; differences: readonly ChainDifference[] };

/** Whether a request asks for nothing but a permission. */
const asksOnlyPermission = ({ instructions, cleanUps, trigger }: PrepareParams): boolean =>
  instructions.length === 0 && cleanUps.length === 0 && trigger === undefined;

const sameFeeToken = (grant: GrantRecord, draft: PlanDraft): boolean => {
  if (draft.feeToken === undefined || grant.feeToken === undefined) return draft.feeToken === grant.feeToken;
  const { address, chainId } = draft.feeToken;
  return grant.feeToken.chainId === chainId && sameAddress(grant.feeToken.address, address);
};

/** Uses may only name the sponsor that was approved, so another one has to be asked for. */
const sameSponsor = ({ sponsorUrl }: GrantRecord, { sponsorship }: PlanDraft): boolean =>
  sponsorship?.kind !== 'own' || sponsorship.url === sponsorUrl;

const isComparable = (grant: GrantRecord, draft: PlanDraft): boolean =>
  grant.state === 'enabled' &&
  sameAddress(grant.account, draft.account) &&
  sameAddress(grant.smartSession, draft.smartSession);

/** Compares a request with the grants that its origin holds already. */
export const createComparer = (parts: {
  grants: GrantTable;
  reservations: Reservations;
  /** Unix seconds. */
  now: () => number;
}) => {
  const { grants, reservations, now } = parts;

  const differencesOn = async (
    grant: GrantRecord,
    asked: PlannedPermission,
    namesBudget: boolean,
  ): Promise<readonly ChainDifference[]> => {
    const { chainId } = asked;
    const held = grant.permissions.find((permission) => permission.chainId === chainId);
    if (!held) return [{ chainId, difference: { kind: 'chain' } }];
    const found = diff({
      asked: scopeOf(grant, asked),
      granted: scopeOf(grant, permissionOn(grant, chainId)),
      ledger: await reservations.expected(grant.grantId, chainId),
      time: now(),
    });
    const lost = held.states?.some((state) => state !== 'enabled') ? [{ kind: 'unusable' as const }] : [];
    return [...lost, ...found]
      .filter(({ kind }) => kind !== 'feeBudget' || namesBudget)
      .map((difference) => ({ chainId, difference }));
  };

  const compare = async (grant: GrantRecord, draft: PlanDraft, params: PrepareParams): Promise<Compared> => {
    const namesBudget = params.enableSession?.maxPaymentAmount !== undefined;
    const found = await Promise.all(
      draft.permissions.map((asked) => differencesOn(grant, asked, namesBudget)),
    );
    return { grant, differences: found.flat() };
  };

  /** The grants of an origin beside a request, those that lack least first. */
  const nearest = async (
    origin: string,
    draft: PlanDraft,
    params: PrepareParams,
  ): Promise<readonly Compared[]> => {
    const own = (await grants.ofOrigin(origin)).reverse().filter((grant) => isComparable(grant, draft));
    const compared = await Promise.all(own.map((grant) => compare(grant, draft, params)));
    return compared.sort((left, right) => left.differences.length - right.differences.length);
  };

  return {
    nearest: async (origin: string, draft: PlanDraft, params: PrepareParams): Promise<Compared | undefined> =>
      (await nearest(origin, draft, params))[0],
    /** The grant that covers a request wholly, so that nobody needs to be asked; undefined without one. */
    covering: async (
      origin: string,
      draft: PlanDraft,
      params: PrepareParams,
    ): Promise<GrantRecord | undefined> => {
      if (draft.permissions.length === 0 || !asksOnlyPermission(params)) return undefined;
      const found = (await nearest(origin, draft, params)).find(
        ({ grant, differences }) =>
          differences.length === 0 && sameFeeToken(grant, draft) && sameSponsor(grant, draft),
      );
      return found?.grant;
    },
  };
};

export type Comparer = ReturnType<typeof createComparer>;
