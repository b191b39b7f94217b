import type { PrepareParams } from '../../../rpc/dapp/prepareParams';
import type { PlannedSponsorship } from '../../../storage/records';

/** Who pays instead of the account; undefined when the account pays. */
export const sponsorshipOf = ({
  sponsorship,
  sponsorshipOptions,
}: Pick<PrepareParams, 'sponsorship' | 'sponsorshipOptions'>): PlannedSponsorship | undefined => {
  if (!sponsorship) return undefined;
  return sponsorshipOptions ? { kind: 'own', ...sponsorshipOptions } : { kind: 'node' };
};
