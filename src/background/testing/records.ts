import { type Address, toFunctionSelector } from 'viem';
import { smartSessionAddress } from '../../protocol/constants/addresses';
import { encodePolicy } from '../../protocol/policies/registry';
import { withFeeBudget } from '../../protocol/session/payment';
import { permissionId } from '../../protocol/session/permission';
import { buildSession } from '../../protocol/session/session';
import type { PrepareParams } from '../../rpc/dapp/prepareParams';
import type { UseParams } from '../../rpc/dapp/useParams';
import type {
  ConnectRequest,
  GrantRecord,
  PreparePlan,
  PrepareRequest,
  RevokeRequest,
  UseRequest,
} from '../../storage/records';
import type { PrepareSource } from '../sessions/plan/instructions';
import { operationsOf } from '../sessions/plan/operations';

export const counter: Address = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
export const token: Address = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
export const account: Address = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
const owner = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A';
const redeemer = '0x1563915e194D8CfBA1943570603F7606A3115508';
export const increment = toFunctionSelector('incrementCount()');
const salt = `0x${'33'.repeat(32)}` as const;

export const prepareParams = (change: Partial<PrepareParams> = {}): PrepareParams => ({
  requestId: 'p1',
  sponsorship: false,
  delegate: false,
  instructions: [],
  cleanUps: [],
  enableSession: {
    batchActions: true,
    actions: [
      {
        chainId: 8453,
        actions: [
          {
            actionTarget: counter,
            actionTargetSelector: increment,
            actionPolicies: [encodePolicy({ type: 'usageLimit', limit: 3n })],
            signature: 'incrementCount()',
          },
        ],
      },
    ],
  },
  feeToken: { address: token, chainId: 8453 },
  ...change,
});

export const useParams = (change: Partial<UseParams> = {}): UseParams => ({
  requestId: 'u1',
  sponsorship: false,
  delegate: false,
  instructions: [{ chainId: 8453, calls: [{ to: counter, value: 0n, data: increment }] }],
  ...change,
});

const base = {
  origin: 'https://dapp.example',
  state: 'received',
  createdAt: 1_000,
  updatedAt: 1_000,
  expiresAt: 2_000,
  transactions: [],
} as const;

export const connectRequest = (change: Partial<ConnectRequest> = {}): ConnectRequest => ({
  ...base,
  id: 'c',
  requestId: 'connect:c',
  kind: 'connect',
  ...change,
});

export const prepareRequest = (change: Partial<PrepareRequest> = {}): PrepareRequest => ({
  ...base,
  id: 'p',
  requestId: 'p1',
  kind: 'prepare',
  params: prepareParams(),
  ...change,
});

/** What the person asked for in the popup. */
export const revokeRequest = (change: Partial<RevokeRequest> = {}): RevokeRequest => ({
  ...base,
  id: 'r',
  requestId: 'r',
  kind: 'revoke',
  by: 'person',
  params: { requestId: 'r', grantId: 'g' },
  ...change,
});

export const useRequest = (change: Partial<UseRequest> = {}): UseRequest => ({
  ...base,
  id: 'u',
  requestId: 'u1',
  kind: 'use',
  params: useParams(),
  ...change,
});

const budgeted = withFeeBudget(
  prepareParams().enableSession?.actions[0]?.actions.map(({ signature: _claim, ...action }) => action) ?? [],
  { token, maxPaymentAmount: 5_000_000n },
);
const session = buildSession({ redeemer, actions: budgeted.actions, salt, version: '2.1.0' });

const unpriced = {
  account,
  owner,
  version: '2.1.0',
  smartSession: smartSessionAddress,
  redeemer,
  quoteType: 'simple',
  chains: [{ chainId: 8453, deploy: 'initCode' }],
  installOn: [8453],
  cleanUps: [],
  permissions: [
    {
      chainId: 8453,
      permissionId: permissionId(session),
      session,
      deployAccount: true,
      installModule: true,
      signatures: ['incrementCount()', null],
      feeBudgetIndex: budgeted.feeBudgetIndex,
    },
  ],
  feeToken: { address: token, chainId: 8453 },
  feeBudget: 5_000_000n,
  grantId: 'p',
} as const;

/** The instructions that the operations of `plan` are made from. */
export const source: PrepareSource = { ...unpriced, instructions: [], batchActions: true };

export const plan: PreparePlan = {
  ...unpriced,
  operations: operationsOf(source, { lower: 1_000, upper: 1_180 }),
  feeEstimate: 20_000n,
  feeMax: 25_000n,
};

export const grantRecord = (change: Partial<GrantRecord> = {}): GrantRecord => ({
  ...{ grantId: 'p', account, owner, version: '2.1.0', redeemer, smartSession: smartSessionAddress },
  ...{ permissions: plan.permissions, feeToken: { address: token, chainId: 8453 }, feeBudget: 5_000_000n },
  origin: base.origin,
  keyId: 'session:p',
  state: 'enabled',
  createdAt: 1_000,
  ...change,
});
