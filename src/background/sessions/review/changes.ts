import { zeroAddress } from 'viem';
import type { Aspect, Difference } from '../../../protocol/scope/difference';
import { functionName } from '../../../protocol/scope/functionName';
import type { PrepareReview } from '../../../rpc/popup/review';
import type { ReviewedChange } from '../../../rpc/popup/reviewParts';
import type { ChainDifference, Compared } from '../subset';

const noSelector = '0x00000000';

const aspects: Record<Aspect, string> = {
  calls: 'more calls',
  perCall: 'more per call',
  total: 'more in all',
  nativePerCall: 'more native coin per call',
  native: 'more native coin in all',
  start: 'an earlier start',
  end: 'a later end',
  argument: 'other arguments',
};

const nameOf = (selector: `0x${string}`): string => functionName(selector) ?? selector;

const amounts = (granted: bigint | null, asked: bigint | null): string => {
  if (granted === null || asked === null) return '';
  return ` (${asked} instead of ${granted})`;
};

const described = (difference: Difference): Pick<ReviewedChange, 'kind' | 'target' | 'selector' | 'text'> => {
  switch (difference.kind) {
    case 'newAction': {
      const { target, selector } = difference;
      return { kind: 'new', target, selector, text: `${nameOf(selector)} is new.` };
    }
    case 'wider': {
      const { target, selector, aspect, granted, asked } = difference;
      const text = `${nameOf(selector)}: ${aspects[aspect]}${amounts(granted, asked)}.`;
      return { kind: 'wider', target, selector, text };
    }
    case 'feeToken':
      return {
        kind: 'new',
        target: difference.token,
        selector: noSelector,
        text: 'Fees are paid in another token.',
      };
    case 'feeBudget': {
      const { token, granted, asked } = difference;
      return {
        kind: 'wider',
        target: token,
        selector: noSelector,
        text: `More fees${amounts(granted, asked)}.`,
      };
    }
    case 'chain':
      return { kind: 'new', target: zeroAddress, selector: noSelector, text: 'The chain is new.' };
    case 'account':
      return { kind: 'new', target: zeroAddress, selector: noSelector, text: 'It is another account.' };
    case 'unusable':
      return {
        kind: 'new',
        target: zeroAddress,
        selector: noSelector,
        text: 'A part of the earlier permission is not enabled.',
      };
  }
};

const changeOf = (
  { chainId, difference }: ChainDifference,
  chainName: (chainId: number) => string,
): ReviewedChange => ({ chainId, chainName: chainName(chainId), ...described(difference) });

/** What a request asks for beyond the nearest grant of its origin. */
export const reviewChanges = (
  compared: Compared | undefined,
  chainName: (chainId: number) => string,
): PrepareReview['changes'] =>
  compared && {
    grantId: compared.grant.grantId,
    items: compared.differences.map((difference) => changeOf(difference, chainName)),
  };
