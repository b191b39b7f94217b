import type { Address } from 'viem';
import type { PrepareReview, ReviewedAction, ReviewedPermission } from '../../rpc/popup/procedures';
import type { ReviewedCall } from '../../rpc/popup/reviewParts';

/** A token, as far as any sample calls one. */
export const token: Address = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913';
export const someone: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
export const account: Address = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';

export const sampleAction = (over: Partial<ReviewedAction> = {}): ReviewedAction => ({
  target: '0x1111111111111111111111111111111111111111',
  selector: '0x5b34b966',
  policies: [],
  feeBudget: false,
  widened: [],
  dangers: [],
  state: 'enabled',
  ...over,
});

export const samplePermission = (
  actions: readonly ReviewedAction[],
  over: Partial<ReviewedPermission> = {},
): ReviewedPermission => ({
  chainId: 8453,
  chainName: 'Base',
  permissionId: `0x${'11'.repeat(32)}`,
  redeemer: '0x2222222222222222222222222222222222222222',
  actions,
  steps: [],
  ...over,
});

export const sampleCall = (over: Partial<ReviewedCall> = {}): ReviewedCall => ({
  target: token,
  value: 0n,
  selector: '0x5b34b966',
  data: '0x5b34b966',
  pieces: [],
  dangers: [],
  ...over,
});

export const sampleReview = (over: Partial<PrepareReview> = {}): PrepareReview => ({
  id: 'r1',
  kind: 'prepare',
  origin: 'https://app.example',
  digest: `0x${'ab'.repeat(32)}`,
  createdAt: 0,
  expiresAt: 300,
  account,
  quoteType: 'simple',
  permissions: [],
  chains: [],
  instructions: [],
  cleanUps: [],
  delegations: [],
  bounds: {},
  batched: true,
  dangers: [],
  exposure: [],
  ...over,
});
