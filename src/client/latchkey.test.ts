import { parse } from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dappMethods } from '../rpc/dapp/methods';
import { RpcError } from '../rpc/errors';
import { buildSessionAction } from './builders';
import { type Eip1193Provider, findProvider } from './discovery';
import { connect } from './latchkey';
import { LatchkeyError } from './latchkeyError';
import { composableFunctionCall, constraints, runtimeValues } from './runtime';

const account = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const word = (digit: string): `0x${string}` => `0x${digit.repeat(64)}`;
const transactions = [{ chainId: 10, transactionHash: word('a') }];
const useResult = { requestId: 'r1', grantId: 'g1', hash: word('b'), transactions };
const prepareResult = {
  ...{ ...useResult, account, redeemer: account, outcome: 'executed' },
  permissions: [{ chainId: 10, permissionId: word('c') }],
};

type Answers = { [method: string]: unknown };

/** A provider that gives fixed answers, or rejects with those that are errors, and keeps what it was asked. */
const createProvider = (answers: Answers) => {
  const requests: { method: string; params?: unknown }[] = [];
  const provider: Eip1193Provider = {
    request: async (args) => {
      requests.push(args);
      const answer = { eth_requestAccounts: [account], ...answers }[args.method];
      if (answer instanceof Error) throw answer;
      return answer;
    },
    on: () => undefined,
    removeListener: () => undefined,
  };
  return { provider, requests };
};

const connectTo = async (answers: Answers = {}) => {
  const { provider, requests } = createProvider(answers);
  const latchkey = await connect({ provider });
  requests.length = 0;
  return { latchkey, requests };
};

const actions = buildSessionAction({
  type: 'custom',
  data: {
    chainIds: [10],
    contractAddress: account,
    functionSignature: 'incrementCount()',
    policies: [{ type: 'usageLimit', limit: 3n }],
  },
});
const feeToken = { address: account, chainId: 10 } as const;

const rejection = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return await promise;
  } catch (error) {
    return error;
  }
};

describe('connect', () => {
  it('gives the account, with its checksum', async () => {
    const { latchkey } = await connectTo({ eth_requestAccounts: [account.toLowerCase()] });
    expect(latchkey.account).toBe(account);
  });

  it('passes the refusal on', async () => {
    const refusal = new RpcError(4001, 'Rejected.', { reason: 'USER_REJECTED', action: 'Ask again.' });
    const error = await rejection(connectTo({ eth_requestAccounts: refusal }));
    expect(error).toBeInstanceOf(LatchkeyError);
    expect(error).toMatchObject({
      code: 4001,
      message: 'Rejected.',
      reason: 'USER_REJECTED',
      cause: refusal,
    });
  });

  it('does not take an empty list for an account', async () => {
    expect(await rejection(connectTo({ eth_requestAccounts: [] }))).toMatchObject({
      reason: 'UNEXPECTED_ANSWER',
    });
  });
});

describe('prepare', () => {
  it('sends what the background reads, amounts as hex quantities', async () => {
    const { latchkey, requests } = await connectTo({ latchkey_prepare: prepareResult });
    const enableSession = { actions, maxPaymentAmount: 5_000_000n };
    expect(await latchkey.prepare({ enableSession, feeToken, requestId: 'r1' })).toEqual(prepareResult);
    expect(requests).toHaveLength(1);
    const sent: unknown = JSON.parse(JSON.stringify(requests[0]?.params));
    expect(sent).toMatchObject([{ requestId: 'r1', enableSession: { maxPaymentAmount: '0x4c4b40' } }]);
    expect(parse(dappMethods.latchkey_prepare, sent)[0].enableSession).toEqual({
      actions,
      batchActions: true,
      maxPaymentAmount: 5_000_000n,
    });
  });

  it('sends every parameter in the form that the background reads', async () => {
    const { latchkey, requests } = await connectTo({ latchkey_prepare: prepareResult });
    const sweep = composableFunctionCall({
      to: account,
      functionSignature: 'transfer(address,uint256)',
      args: [
        account,
        runtimeValues.erc20Balance({ token: account, account, constraints: [constraints.equalTo(5n)] }),
      ],
    });
    const everything = {
      requestId: 'r1',
      enableSession: { actions, batchActions: false },
      feeToken,
      smartSessionValidatorAddress: account,
      instructions: [{ chainId: 10, calls: [{ to: account, value: 1n, gasLimit: 2n }, sweep] }],
      trigger: { tokenAddress: account, chainId: 10, amount: 3n, approvalAmount: 4n, gasLimit: 5n },
      cleanUps: [
        { tokenAddress: account, chainId: 10, recipientAddress: account, amount: 6n, dependsOn: [1] },
      ],
      sponsorship: true,
      sponsorshipOptions: { url: 'https://tank.example/v1', gasTank: { ...feeToken, token: account } },
      delegate: true,
      lowerBoundTimestamp: 7,
      upperBoundTimestamp: 8,
      simulation: { simulate: true, gasLimitBuffers: { 10: 9 } },
    } as const;
    await latchkey.prepare(everything);
    const [read] = parse(
      dappMethods.latchkey_prepare,
      JSON.parse(JSON.stringify(requests[0]?.params)) as unknown,
    );
    const { to, value, selector, inputs } = sweep;
    expect(read).toEqual({
      ...everything,
      instructions: [
        {
          chainId: 10,
          calls: [
            { to: account, value: 1n, data: '0x', gasLimit: 2n },
            { to, value, selector, inputs },
          ],
        },
      ],
      trigger: { ...everything.trigger, useMaxAvailableFunds: false },
    });
  });

  it('gives what needed no approval and no transaction', async () => {
    const nothing = { requestId: 'r1', account, permissions: [], transactions: [], outcome: 'nothingToDo' };
    const { latchkey } = await connectTo({ latchkey_prepare: nothing });
    expect(await latchkey.prepare({ feeToken })).toEqual(nothing);
  });

  it('names the request when the dapp does not, differently each time', async () => {
    const { latchkey, requests } = await connectTo({ latchkey_prepare: prepareResult });
    await latchkey.prepare({ enableSession: { actions }, feeToken });
    await latchkey.prepare({ enableSession: { actions }, feeToken });
    const ids = requests.map(({ params }) => parse(dappMethods.latchkey_prepare, params)[0].requestId);
    expect(new Set(ids).size).toBe(2);
  });

  it.each([-1n, 2n ** 256n])('refuses %s as an amount and sends nothing', async (maxPaymentAmount) => {
    const { latchkey, requests } = await connectTo();
    const call = latchkey.prepare({ enableSession: { actions, maxPaymentAmount }, feeToken });
    expect(await rejection(call)).toMatchObject({ code: -32602, reason: 'AMOUNT_RANGE' });
    expect(requests).toEqual([]);
  });
});

describe('use', () => {
  it('sends what the background reads', async () => {
    const { latchkey, requests } = await connectTo({ latchkey_use: useResult });
    const calls = [{ to: account, value: 255n, data: '0x5b34b966' } as const, { to: account } as const];
    const answer = await latchkey.use({
      instructions: [{ chainId: 10, calls }],
      grantId: 'g1',
      requestId: 'r1',
    });
    expect(answer).toEqual(useResult);
    const [params] = parse(dappMethods.latchkey_use, JSON.parse(JSON.stringify(requests[0]?.params)));
    expect(params).toMatchObject({ requestId: 'r1', grantId: 'g1' });
    expect(params.instructions).toEqual([
      { chainId: 10, calls: [calls[0], { to: account, value: 0n, data: '0x' }] },
    ]);
  });

  it('brings code, reason, action and details of a refusal', async () => {
    const data = { reason: 'USAGE_LIMIT', action: 'Ask for a new permission.', details: { limit: '3' } };
    const { latchkey } = await connectTo({ latchkey_use: new RpcError(-32000, 'Used up.', data) });
    const call = latchkey.use({ instructions: [{ chainId: 10, calls: [{ to: account }] }] });
    expect(await rejection(call)).toMatchObject({ code: -32000, message: 'Used up.', ...data });
  });

  it('makes an error of whatever else a provider throws', async () => {
    const { latchkey } = await connectTo({ latchkey_use: new TypeError('broken') });
    const error = await rejection(latchkey.use({ instructions: [] }));
    expect(error).toBeInstanceOf(LatchkeyError);
    expect(error).toMatchObject({ code: -32603, reason: 'UNEXPLAINED' });
  });

  it('does not take an answer of another shape for success', async () => {
    const { latchkey } = await connectTo({ latchkey_use: { ...useResult, hash: '0x1' } });
    expect(await rejection(latchkey.use({ instructions: [] }))).toMatchObject({
      reason: 'UNEXPECTED_ANSWER',
    });
  });
});

describe('reads', () => {
  it('gives the result of a finished request', async () => {
    const status = {
      requestId: 'r1',
      kind: 'prepare',
      state: 'confirmed',
      hash: word('b'),
      result: prepareResult,
    };
    const { latchkey } = await connectTo({ latchkey_getRequest: status });
    expect(await latchkey.getRequest({ requestId: 'r1' })).toEqual(status);
  });

  it('gives the error of a failed request as an error', async () => {
    const error = {
      code: 4001,
      message: 'Rejected.',
      data: { reason: 'USER_REJECTED', action: 'Ask again.' },
    };
    const { latchkey } = await connectTo({
      latchkey_getRequest: { requestId: 'r1', kind: 'use', state: 'rejected', error },
    });
    const progress = await latchkey.getRequest({ requestId: 'r1' });
    expect(progress.error).toBeInstanceOf(LatchkeyError);
    expect(progress.error).toMatchObject({ code: 4001, reason: 'USER_REJECTED' });
  });

  it('gives permissions and whether they are enabled', async () => {
    const grant = {
      grantId: 'g1',
      account,
      redeemer: account,
      state: 'enabled',
      feeToken,
      permissions: [
        {
          chainId: 10,
          permissionId: word('c'),
          actions: actions[0]?.actions.map((action) => ({ ...action, state: 'enabled' })),
        },
      ],
    };
    const { latchkey, requests } = await connectTo({
      latchkey_getPermissions: [grant],
      latchkey_isPermissionEnabled: true,
    });
    expect(await latchkey.permissions()).toMatchObject([{ grantId: 'g1', permissions: [{ chainId: 10 }] }]);
    expect(await latchkey.isPermissionEnabled({ permissionId: word('c'), chainId: 10 })).toBe(true);
    expect(requests[1]?.params).toEqual([{ permissionId: word('c'), chainId: 10 }]);
  });
});

describe('what is left, what would pass, and the end', () => {
  it('gives counters as bigints', async () => {
    const limit = {
      ...{ actionTarget: account, actionTargetSelector: '0xa9059cbb', policy: 'universal', rule: 0 },
      ...{ limit: '0x0a', used: '0x3', remaining: '0x7', feeBudget: false },
    };
    const permission = { chainId: 10, permissionId: word('c'), enabled: true, limits: [limit] };
    const { latchkey, requests } = await connectTo({
      latchkey_getUsage: { grantId: 'g1', readAt: 5, permissions: [permission] },
    });
    const usage = await latchkey.getUsage({ grantId: 'g1' });
    expect(usage.permissions[0]?.limits).toEqual([{ ...limit, limit: 10n, used: 3n, remaining: 7n }]);
    expect(parse(dappMethods.latchkey_getUsage, requests[0]?.params)).toEqual([{ grantId: 'g1' }]);
  });

  it('tells a refusal of a dry run without throwing it', async () => {
    const error = { code: 4100, message: 'No.', data: { reason: 'RULE_NOT_MET', action: 'Stay inside.' } };
    const { latchkey, requests } = await connectTo({ latchkey_checkCalls: { allowed: false, error } });
    const answer = await latchkey.checkCalls({
      instructions: [{ chainId: 10, calls: [{ to: account, value: 1n }] }],
    });
    expect(answer).toMatchObject({ allowed: false, error: { code: 4100, reason: 'RULE_NOT_MET' } });
    const [read] = parse(dappMethods.latchkey_checkCalls, requests[0]?.params);
    expect(read.instructions[0]?.calls).toEqual([{ to: account, value: 1n, data: '0x' }]);
  });

  it('revokes a grant, or one action of it', async () => {
    const revoked = { requestId: 'r1', grantId: 'g1', transactions: [] };
    const { latchkey, requests } = await connectTo({ latchkey_revoke: revoked });
    const action = { actionTarget: account, actionTargetSelector: '0xa9059cbb' } as const;
    expect(await latchkey.revoke({ grantId: 'g1', action, requestId: 'r1' })).toEqual(revoked);
    expect(parse(dappMethods.latchkey_revoke, requests[0]?.params)).toEqual([
      { requestId: 'r1', grantId: 'g1', action },
    ]);
  });

  it('asks for several permissions at once', async () => {
    const map = { [word('c')]: { '10': true, '8453': false } };
    const { latchkey, requests } = await connectTo({ latchkey_checkEnabledPermissions: map });
    const references = [{ permissionId: word('c'), chainId: 10 }];
    const enabled = await latchkey.checkEnabledPermissions(references);
    expect(enabled[word('c')]?.[8453]).toBe(false);
    expect(requests[0]?.params).toEqual([references]);
  });
});

describe('findProvider', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const announceOn = (page: EventTarget, rdns: string, provider: unknown) => {
    const detail = { info: { uuid: 'u', name: rdns, icon: '', rdns }, provider };
    page.addEventListener('eip6963:requestProvider', () =>
      page.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail })),
    );
  };

  it('finds Latchkey among other wallets', async () => {
    const page = new EventTarget();
    const { provider } = createProvider({});
    announceOn(page, 'com.other.wallet', createProvider({}).provider);
    announceOn(page, 'io.latchkey', { request: 'not a function' });
    announceOn(page, 'io.latchkey', provider);
    expect(await findProvider(1000, page)).toBe(provider);
  });

  it('hears an announcement that comes late', async () => {
    const page = new EventTarget();
    const { provider } = createProvider({});
    const found = findProvider(1000, page);
    await vi.advanceTimersByTimeAsync(999);
    announceOn(page, 'io.latchkey', provider);
    page.dispatchEvent(new Event('eip6963:requestProvider'));
    expect(await found).toBe(provider);
  });

  it('says how to install when nothing answers in time', async () => {
    const missing = rejection(findProvider(1000, new EventTarget()));
    await vi.advanceTimersByTimeAsync(1000);
    expect(await missing).toMatchObject({
      code: 4900,
      reason: 'NOT_INSTALLED',
      action: expect.stringContaining('Install'),
    });
  });
});
