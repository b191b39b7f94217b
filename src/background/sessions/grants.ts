import { sameAddress } from '../../protocol/address';
import type { GrantSummary, PrepareResult } from '../../rpc/dapp/results';
import type { UseParams } from '../../rpc/dapp/useParams';
import type { RpcError } from '../../rpc/errors';
import type { GrantRecord } from '../../storage/records';
import type { GrantTable } from '../../storage/storage';
import { refusalOf } from '../errors/refusal';
import { invalidParams, unauthorized } from '../errors/rpcErrors';
import type { ChainState } from './chainState';
import { grantNotEnabled, noGrant, notOnChain } from './denials';
import { joinByChain, judgeCalls, permissionOn } from './grantScope';
import type { Reservations } from './reservations';

/** A grant as its origin may know it: without the action that pays fees, which isn't the dapp's. */
export const summaryOf = (grant: GrantRecord): GrantSummary => ({
  grantId: grant.grantId,
  account: grant.account,
  redeemer: grant.redeemer,
  state: grant.state,
  ...(grant.feeToken === undefined ? {} : { feeToken: grant.feeToken }),
  permissions: grant.permissions.map(
    ({ chainId, permissionId, session, feeBudgetIndex, sharedFee, states }) => ({
      chainId,
      permissionId,
      actions: session.actions.flatMap((action, index) => {
        if (index === feeBudgetIndex) return [];
        const asked = sharedFee?.index === index ? sharedFee.asked : action;
        return [{ ...asked, state: states?.[index] ?? 'enabled' }];
      }),
    }),
  ),
});

/** The answer of a PREPARE that a grant covers already. */
export const resultOfGrant = (grant: GrantRecord): Omit<PrepareResult, 'requestId'> => ({
  grantId: grant.grantId,
  redeemer: grant.redeemer,
  account: grant.account,
  permissions: grant.permissions.map(({ chainId, permissionId }) => ({ chainId, permissionId })),
  transactions: [],
  outcome: 'alreadyGranted',
});

const feeTokenNotGranted = ({ feeToken }: GrantRecord) =>
  invalidParams({
    reason: 'FEE_TOKEN_NOT_GRANTED',
    message: feeToken
      ? 'The permission pays its fees in another token.'
      : 'The permission pays no fees, so every use must be sponsored.',
    action: feeToken
      ? 'Leave feeToken out, or name the one of the permission.'
      : 'Use it with sponsorship: true.',
    details: { granted: feeToken ?? null },
  });

const assertPayer = (grant: GrantRecord, { feeToken, sponsorship }: WantedParams): void => {
  if (sponsorship) return;
  if (grant.feeToken === undefined) throw feeTokenNotGranted(grant);
  if (!feeToken) return;
  const { address, chainId } = grant.feeToken;
  if (feeToken.chainId !== chainId || !sameAddress(feeToken.address, address))
    throw feeTokenNotGranted(grant);
};

const sponsorNotGranted = ({ sponsorUrl }: GrantRecord) =>
  unauthorized({
    reason: 'SPONSOR_NOT_GRANTED',
    message:
      sponsorUrl === undefined
        ? "The permission was approved without a sponsor of the site's own."
        : 'The permission was approved with another sponsor.',
    action: 'Name the sponsor that the approved request named, or ask for a permission with this one.',
    details: { granted: sponsorUrl ?? null },
  });

/** A service of the site's own hears of every use, so it is only asked when the person has seen its address. */
const assertSponsorGranted = (
  grant: GrantRecord,
  { sponsorship, sponsorshipOptions }: WantedParams,
): void => {
  if (!sponsorship || !sponsorshipOptions || sponsorshipOptions.url === grant.sponsorUrl) return;
  throw sponsorNotGranted(grant);
};

const notDelegated = () =>
  invalidParams({
    reason: 'GRANT_NOT_DELEGATED',
    message: "The permission belongs to the smart account, not to the owner's delegated address.",
    action: 'Leave delegate out, or ask for a permission with delegate.',
  });

/** What of a USE decides on its grant. */
export type WantedParams = Pick<UseParams, 'instructions'> &
  Partial<
    Pick<
      UseParams,
      'grantId' | 'sessionDetails' | 'feeToken' | 'sponsorship' | 'sponsorshipOptions' | 'delegate'
    >
  >;

/** What a USE wants. `holder` names what it may already have reserved itself. */
type Wanted = { origin: string; params: WantedParams; holder?: string };

/** Chains on which a USE needs a session: where it acts, and where it pays. */
export const chainsOfUse = (grant: GrantRecord, params: WantedParams): readonly number[] => {
  const acting = params.instructions.map(({ chainId }) => chainId);
  const paying = params.sponsorship || !grant.feeToken ? [] : [grant.feeToken.chainId];
  return [...new Set([...paying, ...acting])];
};

/** Finds the grant that a USE goes by. Another origin's grant and no grant are told apart by nobody. */
export const createGrantFinder = (parts: {
  grants: GrantTable;
  reservations: Reservations;
  chainState: Pick<ChainState, 'missing' | 'refresh'>;
  now: () => number;
}) => {
  const { grants, reservations, chainState, now } = parts;

  /** A grant on its way is good wherever the chain holds it already. */
  const assertEnabled = async (grant: GrantRecord, params: WantedParams): Promise<void> => {
    if (grant.state === 'enabled') return;
    if (grant.state !== 'enabling') throw grantNotEnabled(grant.state);
    for (const chainId of chainsOfUse(grant, params)) {
      const missing = await chainState.missing(grant, chainId);
      if (missing !== undefined) throw notOnChain(chainId, missing);
    }
  };

  const judge = async (grant: GrantRecord, { params, holder }: Wanted): Promise<void> => {
    for (const part of joinByChain(params.instructions)) {
      const ledger = await reservations.expected(grant.grantId, part.chainId, holder);
      judgeCalls(grant, part, ledger, now());
    }
  };

  /** What was missing on chain when it was last looked at may be there by now. */
  const upToDate = async (grant: GrantRecord): Promise<GrantRecord> => {
    const lacks = grant.permissions.some(({ states }) => states?.includes('notEnabled'));
    return lacks && grant.state === 'enabled' ? chainState.refresh(grant) : grant;
  };

  const assertFits = async (stored: GrantRecord, wanted: Wanted): Promise<void> => {
    const { params } = wanted;
    if (params.delegate && !sameAddress(stored.account, stored.owner)) throw notDelegated();
    assertPayer(stored, params);
    assertSponsorGranted(stored, params);
    for (const chainId of chainsOfUse(stored, params)) permissionOn(stored, chainId);
    if (stored.state === 'enabling') await judge(stored, wanted);
    await assertEnabled(stored, params);
    await judge(await upToDate(stored), wanted);
  };

  const isNamed = (grant: GrantRecord, { grantId, sessionDetails }: WantedParams): boolean => {
    if (grantId !== undefined && grant.grantId !== grantId) return false;
    if (sessionDetails === undefined) return true;
    return grant.permissions.some(({ chainId, permissionId }) =>
      sessionDetails.some(
        (detail) => detail.chainId === chainId && detail.permissionId === permissionId.toLowerCase(),
      ),
    );
  };

  /** The usable ones, newest first; without any the newest, so that its refusal can be told. */
  const candidatesOf = async ({ origin, params }: Wanted): Promise<readonly GrantRecord[]> => {
    const own = (await grants.ofOrigin(origin)).reverse().filter((grant) => isNamed(grant, params));
    const usable = own.filter(({ state }) => state === 'enabled' || state === 'enabling');
    return usable.length > 0 ? usable : own.slice(0, 1);
  };

  return {
    /**
     * A site without any permission starts nothing: no read of a chain, no record.
     * @throws RpcError 4100 UNKNOWN_GRANT
     */
    assertAny: async (origin: string): Promise<void> => {
      if ((await grants.ofOrigin(origin)).length === 0) throw noGrant();
    },
    /**
     * By id, by permissions, or the newest of this origin whose scope fits.
     * @throws RpcError 4100, FEE_TOKEN_NOT_GRANTED, SPONSOR_NOT_GRANTED
     */
    find: async (wanted: Wanted): Promise<GrantRecord> => {
      const candidates = await candidatesOf(wanted);
      let firstRefusal: RpcError = noGrant();
      for (const [index, grant] of candidates.entries()) {
        const refusal = await refusalOf(() => assertFits(grant, wanted));
        if (!refusal) return (await grants.get(grant.grantId)) ?? grant;
        if (index === 0) firstRefusal = refusal;
      }
      throw firstRefusal;
    },
  };
};

export type GrantFinder = ReturnType<typeof createGrantFinder>;
