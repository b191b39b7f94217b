import type { GrantView } from '../../rpc/popup/procedures';

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Size of a grant in words, such as `2 functions on 1 chain`. The rule that pays fees isn't counted. */
export function grantSize({ permissions }: Pick<GrantView, 'permissions'>): string {
  const functions = permissions
    .flatMap(({ actions }) => actions)
    .filter(({ feeBudget }) => !feeBudget).length;
  const chains = new Set(permissions.map(({ chainId }) => chainId)).size;
  return `${plural(functions, 'function')} on ${plural(chains, 'chain')}`;
}

/** State of a grant in words, and whether it is good. Times in unix seconds; `end` is undefined without an end. */
export function grantStatus(state: GrantView['state'], end: number | undefined, now: number) {
  if (state === 'enabling') return { text: 'being enabled', tone: 'plain' } as const;
  if (state === 'failed') return { text: 'not enabled', tone: 'danger' } as const;
  if (end !== undefined && end < now) return { text: 'over', tone: 'plain' } as const;
  return { text: 'enabled', tone: 'good' } as const;
}

/** Calls made so far under a permission of a grant, in the order of its actions. */
export function usedOf({ usage }: Pick<GrantView, 'usage'>, permission: GrantView['permissions'][number]) {
  return usage.find(
    ({ chainId, permissionId }) => chainId === permission.chainId && permissionId === permission.permissionId,
  )?.used;
}
