import { getDotPath, safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { prepareParamsSchema } from './prepareParams';
import { useParamsSchema } from './useParams';

const address = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const word = `0x${'11'.repeat(32)}`;
const asking = (change: object) => safeParse(prepareParamsSchema, [{ requestId: 'r', ...change }]);
const calling = (...calls: readonly object[]) => asking({ instructions: [{ chainId: 1, calls }] });

describe('params of a PREPARE', () => {
  it('are all optional but the name, with what is meant by leaving them out', () => {
    expect(asking({}).output).toEqual([
      { requestId: 'r', sponsorship: false, delegate: false, instructions: [], cleanUps: [] },
    ]);
  });

  it.each([8453, '8453', '0x2105', '0x02105'])('take chain %s as one and the same', (chainId) => {
    expect(asking({ feeToken: { address, chainId } }).output).toMatchObject([
      { feeToken: { chainId: 8453 } },
    ]);
  });

  it.each([0, '0x0', -1, 1.5, 2 ** 53, '0X2105', 'eip155:8453', '0x', null])(
    'refuse %s as a chain',
    (chainId) => {
      expect(asking({ feeToken: { address, chainId } }).success).toBe(false);
    },
  );

  it('tell plain calls and calls that are put together later apart', () => {
    const inputs = [
      { kind: 'raw', data: '0x' },
      { kind: 'staticCall', target: address, data: '0x12', constraints: [{ type: 'equal', value: word }] },
      { kind: 'balance', token: address, account: address },
    ];
    const later = { to: address, selector: '0xA9059CBB', inputs };
    const parsed = calling({ to: address, data: '0x12' }, later);
    expect(parsed.output).toMatchObject([
      {
        instructions: [
          {
            calls: [
              { to: address, value: 0n, data: '0x12' },
              { selector: '0xa9059cbb', value: 0n, inputs: [{ constraints: [] }, {}, {}] },
            ],
          },
        ],
      },
    ]);
  });

  it.each([
    { to: address, data: '0x12', selector: '0xa9059cbb', inputs: [] },
    { to: address, selector: '0xa9059cbb', inputs: [] },
    { to: address, selector: '0xa9059c', inputs: [{ kind: 'raw', data: '0x' }] },
    { to: address, selector: '0xa9059cbb', inputs: [{ kind: 'delegateCall', data: '0x' }] },
    { to: address, value: '-1' },
    { to: '0x5FbDB2315678afecb367f032d93F642f64180aA3' },
  ])('refuse the call %o', (call) => {
    expect(calling(call).success).toBe(false);
  });

  it.each([
    { sponsorshipOptions: { url: 'javascript:alert(1)', gasTank: { address, token: address, chainId: 1 } } },
    { simulation: { simulate: true, gasLimitBuffers: { '1': 1001 } } },
    { simulation: { simulate: true, gasLimitBuffers: { base: 1 } } },
    { cleanUps: [{ tokenAddress: address, chainId: 1, recipientAddress: address, dependsOn: [0] }] },
    { upperBoundTimestamp: 2 ** 48 },
    { enableSession: { actions: [], batchActions: true } },
    { redeemer: address },
  ])('refuse %o', (change) => {
    expect(asking(change).success).toBe(false);
  });
});

describe('an amount', () => {
  const actions = [
    {
      chainId: 1,
      actions: [
        {
          actionTarget: address,
          actionTargetSelector: '0xa9059cbb',
          actionPolicies: [{ policy: address, initData: '0x' }],
        },
      ],
    },
  ];
  const budget = (maxPaymentAmount: unknown) => asking({ enableSession: { actions, maxPaymentAmount } });

  it.each([(2n ** 256n).toString(), `0x1${'0'.repeat(64)}`, '-1', '1.5', '1e18', '', 5])(
    '%s is refused with its place',
    (amount) => {
      const { success, issues } = budget(amount);
      expect(success).toBe(false);
      expect(issues?.map((issue) => getDotPath(issue))).toContain('0.enableSession.maxPaymentAmount');
    },
  );

  it.each([
    [(2n ** 256n - 1n).toString(), 2n ** 256n - 1n],
    ['0x0a', 10n],
    ['0', 0n],
  ])('%s is read', (amount, read) => {
    expect(budget(amount).output).toMatchObject([{ enableSession: { maxPaymentAmount: read } }]);
  });
});

describe('params of a USE', () => {
  const using = (change: object) => safeParse(useParamsSchema, [{ requestId: 'r', ...change }]);
  const instructions = [{ chainId: 1, calls: [{ to: address }] }];

  it('take fixed calls only', () => {
    expect(using({ instructions }).success).toBe(true);
    const later = { to: address, selector: '0xa9059cbb', inputs: [{ kind: 'raw', data: '0x' }] };
    expect(using({ instructions: [{ chainId: 1, calls: [later] }] }).success).toBe(false);
    expect(using({ instructions: [] }).success).toBe(false);
  });

  it('name permissions in any letter case', () => {
    const permissionId = `0x${'AB'.repeat(32)}`;
    const parsed = using({ instructions, sessionDetails: [{ permissionId, chainId: '0x1' }] });
    expect(parsed.output).toMatchObject([
      { sessionDetails: [{ permissionId: permissionId.toLowerCase(), chainId: 1 }] },
    ]);
  });
});
