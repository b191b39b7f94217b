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
  sharedFee: {
    index: 0,
    budget: { token: target, maxPaymentAmount: 5n, payee: owner },
    asked: { actionTarget: target, actionTargetSelector: '0xa9059cbb', actionPolicies: [] },
    widened: [{ policy: 'universal', rule: 0, limit: 'total', asked: 10n, granted: 15n }],
  },
  parts: [1, 1],
  states: ['enabled', 'notEnabled'],
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
  smartSession: target,
  feeToken,
  feeBudget: 5_000_000n,
  sponsorUrl: 'https://tank.example',
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
    sponsorship: false,
    delegate: false,
    sessionDetails: [{ permissionId: word, chainId: 8453 }],
    instructions: [{ chainId: 8453, calls: [{ to: target, value: 2n ** 256n - 1n, data: '0xd09de08a' }] }],
  },
  ...change,
});

const plan: PreparePlan = {
  grantId: 'grant-1',
  account,
  owner,
  version: '2.1.0',
  smartSession: target,
  redeemer,
  installOn: [8453],
  quoteType: 'permit',
  chains: [{ chainId: 8453, deploy: 'delegate', currentDelegate: policy }],
  operations: [{ chainId: 8453, callData: '0xab' }],
  cleanUps: [{ tokenAddress: target, chainId: 8453, recipientAddress: owner, dependsOn: [1] }],
  trigger: {
    kind: 'permit',
    token: target,
    chainId: 8453,
    amount: 2n,
    recipient: account,
    useMaxAvailableFunds: false,
  },
  sponsorship: {
    kind: 'own',
    url: 'https://tank.example',
    gasTank: { address: owner, token: target, chainId: 10 },
  },
  simulation: { simulate: true, gasLimitBuffers: { '8453': 20 } },
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
      batchActions: true,
      maxPaymentAmount: 5n,
    },
    feeToken,
    sponsorship: false,
    delegate: true,
    instructions: [
      {
        chainId: 8453,
        calls: [
          { to: target, value: 1n, data: '0xd09de08a', gasLimit: 90_000n },
          {
            to: target,
            value: 0n,
            selector: '0xa9059cbb',
            inputs: [
              { kind: 'raw', data: word, constraints: [] },
              {
                kind: 'balance',
                token: target,
                account,
                constraints: [{ type: 'inRange', lower: word, upper: word }],
              },
            ],
          },
        ],
      },
    ],
    cleanUps: [],
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
    quoteType: 'permit',
    chains: [{ chainId: 8453, chainName: 'Base', steps: ['delegateAccount', 'pullFunds', 'cleanUp'] }],
    instructions: [
      {
        chainId: 8453,
        chainName: 'Base',
        calls: [
          {
            target,
            value: 1n,
            selector: '0xa9059cbb',
            signature: { text: 'transfer(address,uint256)', source: 'known' },
            args: [{ name: 'to', type: 'address', value: owner }],
            data: '0xa9059cbb',
            pieces: [
              { kind: 'fixed', data: word, constraints: [] },
              { kind: 'staticCall', target, data: '0x', constraints: [{ type: 'equal', value: word }] },
            ],
            dangers: [],
          },
        ],
      },
    ],
    cleanUps: [
      {
        chainName: 'Base',
        recipient: owner,
        everything: true,
        token: { token: target, chainId: 8453, amount: 0n },
      },
    ],
    delegations: [
      { chainId: 8453, chainName: 'Base', owner, implementation: target, current: policy, everyChain: false },
    ],
    trigger: {
      kind: 'permit',
      chainName: 'Base',
      owner,
      spender: account,
      recipient: account,
      amount: { token: target, chainId: 8453, amount: 2n },
      most: { token: target, chainId: 8453, amount: 4n },
      everything: false,
    },
    bounds: { upper: 1_700_000_600 },
    batched: true,
    dangers: [],
    exposure: [
      {
        chainId: 8453,
        chainName: 'Base',
        token: target,
        amount: null,
        parts: [{ text: 'Sudo.', amount: null }],
      },
    ],
    changes: {
      grantId: 'grant-0',
      items: [
        {
          kind: 'wider',
          chainId: 8453,
          chainName: 'Base',
          target,
          selector: '0xd09de08a',
          text: 'More uses.',
        },
      ],
    },
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
            widened: [{ policy: 'universal', rule: 0, limit: 'total', asked: 10n, granted: 15n }],
            dangers: [{ code: 'SUDO', severity: 'high', text: 'Full access.', acknowledge: true }],
            token: { symbol: 'TKN', decimals: 18 },
            state: 'enabled',
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
    operations: [{ chainId: 8453, nonce: 2n ** 192n, userOpHash: word, role: 'sponsor' }],
    ownerTransaction: { chainId: 8453, nonce: 7, hash: word, raw: '0x02' },
  },
  transactions: [{ chainId: 8453, transactionHash: word }],
  error: { code: -32000, message: 'No answer.', data: { reason: 'NODE', action: 'Try again.' } },
  result: {
    requestId: 'dapp-1',
    grantId: 'grant-1',
    redeemer,
    outcome: 'executed',
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
