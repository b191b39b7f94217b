import { expect } from '@playwright/test';
import {
  buildSessionAction,
  type FeeToken,
  type RequestedSession,
  type SessionActionParameters,
} from '../../src/client';
import type { Call } from './calls';
import type { Chain } from './chain';

type Custom = Extract<SessionActionParameters, { type: 'custom' }>['data'];

/** One function of the chain's counter. */
export const counterAction = (
  { chainId, counter }: Chain,
  functionSignature: string,
  ...policies: Custom['policies']
): RequestedSession[] =>
  buildSessionAction({
    type: 'custom',
    data: { chainIds: [chainId], contractAddress: counter, functionSignature, policies },
  });

/** The token that pays in most tests. */
export const feeIn = ({ permitToken, chainId }: Chain): FeeToken => ({ address: permitToken, chainId });

/** Calls on one chain, as `use` and `prepare` take them. */
export const on = ({ chainId }: Chain, ...calls: readonly Call[]) => [{ chainId, calls }];

/** Waits for a refusal: its code and its reason. */
export const refused = async (answer: Promise<unknown>, code: number, reason: string): Promise<void> => {
  await expect(answer).rejects.toMatchObject({ code, reason });
};
