import type { Address } from 'viem';
import type {
  ConnectRequest,
  GrantRecord,
  LedgerRecord,
  PlannedPermission,
  PreparePlan,
  PrepareRequest,
  UseRequest,
} from './records';

const account: Address = '0x1111111111111111111111111111111111111111';
const owner: Address = '0x2222222222222222222222222222222222222222';
const redeemer: Address = '0x3333333333333333333333333333333333333333';
const target: Address = '0x4444444444444444444444444444444444444444';
const policy: Address = '0x5555555555555555555555555555555555555555';
const word = `0x${'ab'.repeat(32)}` as const;
const feeToken = { address: target, chainId: 8453 };

const permission: PlannedPermission = {
  chainId: 8453,
  permissionId: word,
  session: {
    sessionValidator: policy,
    sessionValidatorInitData: redeemer,
    salt: word,
    userOpPolicies: [{ policy, initData: '0x' }],
    erc7739Policies: { allowedERC7739Content: [], erc1271Policies: [] },
    actions: [
      {
        actionTarget: target,
        actionTargetSelector: '0xd09de08a',
        actionPolicies: [{ policy, initData: '0x03' }],
      },
    ],
    permitERC4337Paymaster: true,
  },
  deployAccount: true,
  installModule: true,
  signatures: ['increment()', null],
  feeBudgetIndex: null,
};

export const grantSample = (change: Partial<GrantRecord> = {}): GrantRecord => ({
  grantId: 'grant-1',
  origin: 'https://dapp.example',
  account,
  owner,
  version: '2.1.0',
  redeemer,
  keyId: 'key-1',
  state: 'enabled',
  createdAt: 1_700_000_000,
  feeToken,
  feeBudget: 5_000_000n,
  permissions: [permission],
  ...change,
});

const base = {
  id: 'request-1',
  origin: 'https://dapp.example',
  requestId: 'dapp-1',
  state: 'received' as const,
  createdAt: 1_700_000_000,
  updatedAt: 1_700_000_000,
  expiresAt: 1_700_000_600,
  transactions: [],
};

export const connectSample = (change: Partial<ConnectRequest> = {}): ConnectRequest => ({
  ...base,
  kind: 'connect',
  ...change,
});

export const useSample = (change: Partial<UseRequest> = {}): UseRequest => ({
  ...base,
  kind: 'use',
  params: {
    requestId: 'dapp-1',
    instructions: [{ chainId: 8453, calls: [{ to: target, value: 2n ** 256n - 1n, data: '0xd09de08a' }] }],
  },
  ...change,
});

const plan: PreparePlan = {
  grantId: 'grant-1',
  account,
  owner,
  version: '2.1.0',
  redeemer,
  permissions: [permission],
  feeToken,
  feeEstimate: 10n,
  feeMax: 20n,
  feeBudget: 30n,
};

/** A PREPARE with every optional part. */
export const prepareSample = (change: Partial<PrepareRequest> = {}): PrepareRequest => ({
  ...base,
  kind: 'prepare',
  state: 'confirmed',
  params: {
    requestId: 'dapp-1',
    enableSession: {
      actions: [
        {
          chainId: 8453,
          actions: [
            {
              actionTarget: target,
              actionTargetSelector: '0xd09de08a',
              actionPolicies: [{ policy, initData: '0x' }],
              signature: 'increment()',
            },
          ],
        },
      ],
      maxPaymentAmount: 5n,
    },
    feeToken,
    upperBoundTimestamp: 1_700_000_600,
  },
  plan,
  review: {
    kind: 'prepare',
    id: 'request-1',
    origin: 'https://dapp.example',
    digest: word,
    createdAt: 1_700_000_000,
    expiresAt: 1_700_000_600,
    account,
    permissions: [
      {
        chainId: 8453,
        chainName: 'Base',
        permissionId: word,
        redeemer,
        actions: [
          {
            target,
            selector: '0xd09de08a',
            signature: { text: 'increment()', source: 'dapp' },
            policies: [
              { type: 'sudo' },
              {
                type: 'universal',
                valueLimitPerUse: 0n,
                rules: [
                  {
                    condition: 'inRange',
                    calldataOffset: 0n,
                    comparisonValue: word,
                    isLimited: true,
                    usage: { limit: 3n, used: 0n },
                  },
                ],
              },
              { type: 'timeframe', validAfter: 0, validUntil: 1_700_003_600 },
              { type: 'usageLimit', limit: 3n },
              { type: 'spendingLimits', tokenLimits: [{ token: target, limit: 7n }] },
              { type: 'valueLimit', limit: 1n },
            ],
            feeBudget: false,
            dangers: [{ severity: 'high', text: 'Full access.' }],
            token: { symbol: 'TKN', decimals: 18 },
          },
        ],
        steps: ['deployAccount', 'installSmartSessions', 'enablePermission'],
      },
    ],
    fee: {
      estimate: { token: target, chainId: 8453, amount: 1n, symbol: 'TKN', decimals: 6 },
      max: { token: target, chainId: 8453, amount: 2n },
    },
    feeBudget: { token: target, chainId: 8453, amount: 3n },
  },
  digest: word,
  submission: {
    hash: word,
    body: '{}',
    upperBound: 1_700_000_300,
    operations: [{ chainId: 8453, nonce: 2n ** 192n, userOpHash: word }],
  },
  transactions: [{ chainId: 8453, transactionHash: word }],
  error: { code: -32000, message: 'No answer.', data: { reason: 'NODE', action: 'Try again.' } },
  result: {
    requestId: 'dapp-1',
    grantId: 'grant-1',
    account,
    hash: word,
    permissions: [{ chainId: 8453, permissionId: word }],
    transactions: [{ chainId: 8453, transactionHash: word }],
  },
  ...change,
});

export const ledgerSample = (change: Partial<LedgerRecord> = {}): LedgerRecord => ({
  grantId: 'grant-1',
  chainId: 8453,
  used: { uses: 1n },
  reserved: { 'request-1': { uses: 1n } },
  ...change,
});
