import { ActionError } from './actionError';

/** The distinct chain ids in order. @throws ActionError `CHAIN_ID` for none, or one that is no positive integer */
export function distinctChains(chainIds: readonly number[]): readonly number[] {
  const invalid = chainIds.find((chainId) => !Number.isSafeInteger(chainId) || chainId < 1);
  if (chainIds.length > 0 && invalid === undefined) return [...new Set(chainIds)];
  throw new ActionError('CHAIN_ID', {
    shortMessage: 'An action needs the id of at least one chain.',
    details: invalid === undefined ? 'None given.' : `Got ${invalid}.`,
    action: 'Give chain ids as positive whole numbers.',
  });
}
