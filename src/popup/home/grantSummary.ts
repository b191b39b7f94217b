import type { GrantView, ReviewedAction } from '../../rpc/popup/procedures';

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** What the site can use of a grant, on all chains. The rule that pays fees isn't counted. */
function usableActions({ permissions }: Pick<GrantView, 'permissions'>): readonly ReviewedAction[] {
  return permissions.flatMap(({ actions }) => actions).filter(({ feeBudget }) => !feeBudget);
}

/** Size of a grant in words, such as `2 functions on 1 chain`. */
export function grantSize(grant: Pick<GrantView, 'permissions'>): string {
  const chains = new Set(grant.permissions.map(({ chainId }) => chainId)).size;
  return `${plural(usableActions(grant).length, 'function')} on ${plural(chains, 'chain')}`;
}

type Status = { text: string; tone: 'plain' | 'good' | 'warning' | 'danger' };

/** A grant whose functions don't all work: `2 of 3 enabled`. Ones that the person stopped are no fault. */
function partStatus(grant: Pick<GrantView, 'permissions'>): Status | undefined {
  const actions = usableActions(grant);
  const enabled = actions.filter(({ state }) => state === 'enabled').length;
  if (enabled === actions.length || enabled === 0) return undefined;
  const isFault = actions.some(({ state }) => state === 'notEnabled');
  return { text: `${enabled} of ${actions.length} enabled`, tone: isFault ? 'warning' : 'good' };
}

/** State of a grant in words, and whether it is good. Times in unix seconds; `end` is undefined without an end. */
export function grantStatus(
  grant: Pick<GrantView, 'state' | 'permissions'>,
  end: number | undefined,
  now: number,
): Status {
  switch (grant.state) {
    case 'enabling':
      return { text: 'being enabled', tone: 'plain' };
    case 'revoking':
      return { text: 'stopped here, still on chain', tone: 'warning' };
    case 'revoked':
      return { text: 'removed', tone: 'plain' };
    case 'failed':
      return partStatus(grant) ?? { text: 'not enabled', tone: 'danger' };
    case 'enabled':
      if (end !== undefined && end < now) return { text: 'over', tone: 'plain' };
      return partStatus(grant) ?? { text: 'enabled', tone: 'good' };
  }
}
