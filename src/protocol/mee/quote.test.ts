import * as v from 'valibot';
import { type Address, getAddress, type Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { installSmartSessionCalls } from '../account/install';
import type { ActionData } from '../actions/action';
import { encodeComposable } from '../actions/composable';
import { encodeExecute } from '../actions/execute';
import { smartSessionAddress } from '../constants/addresses';
import { buildSessionDetails } from '../session/details';
import { encodeEnableSessions } from '../session/enable';
import type { Session } from '../session/session';
import { decodeJson, encodeJson } from './codec';
import prepare from './prepare.vectors.json';
import { buildQuoteRequest, type QuoteRequestParameters } from './quoteRequest';
import {
  parseExecResponse,
  parseExplorerResponse,
  parseInfoResponse,
  parseQuoteResponse,
} from './quoteResponse';
import use from './use.vectors.json';
import { addressSchema, bytesSchema } from './wire';

const asHex = (text: string): Hex => v.parse(bytesSchema, text);
const asAddress = (text: string): Address => v.parse(addressSchema, text);

const account = asAddress(prepare.quote.request.paymentInfo.sender);
const token = asAddress(prepare.quote.request.paymentInfo.token);
const recorded = use.quote.request.paymentInfo.sessionDetails.enableSessionData.enableSession.sessionToEnable;
const policyOf = ({ policy, initData }: { policy: string; initData: string }) => ({
  policy: asAddress(policy),
  initData: asHex(initData),
});
const session: Session = {
  sessionValidator: asAddress(recorded.sessionValidator),
  sessionValidatorInitData: asHex(recorded.sessionValidatorInitData),
  salt: asHex(recorded.salt),
  userOpPolicies: recorded.userOpPolicies.map(policyOf),
  erc7739Policies: { allowedERC7739Content: [], erc1271Policies: [] },
  actions: recorded.actions.map(
    (action): ActionData => ({
      actionTarget: asAddress(action.actionTarget),
      actionTargetSelector: asHex(action.actionTargetSelector),
      actionPolicies: action.actionPolicies.map(policyOf),
    }),
  ),
  permitERC4337Paymaster: true,
};

function prepareParameters(): QuoteRequestParameters {
  const { userOps, paymentInfo } = prepare.quote.request;
  const [userOp] = userOps;
  if (userOp === undefined) expect.unreachable();
  const calls = [
    ...installSmartSessionCalls({ account, version: '2.0.0' }),
    { to: smartSessionAddress, value: 0n, data: encodeEnableSessions([session]) },
  ];
  const note = (description: string) => ({ type: 'CUSTOM', description, chainId: 8453 }) as const;
  return {
    mode: 'PREPARE',
    account,
    version: '2.0.0',
    userOps: [
      {
        chainId: 8453,
        callData: encodeComposable(calls),
        nonce: BigInt(userOp.nonce),
        gas: { calls: calls.length },
        metadata: [
          note('Install smart sessions module'),
          note('Install smart sessions module'),
          note('Enable smart sessions permissions'),
        ],
      },
    ],
    payment: {
      token,
      chainId: 8453,
      nonce: BigInt(paymentInfo.nonce),
      initCode: asHex(paymentInfo.initCode),
    },
    bounds: { lower: userOp.lowerBoundTimestamp, upper: userOp.upperBoundTimestamp },
    simulate: true,
  };
}

function useParameters(): QuoteRequestParameters {
  const { userOps, paymentInfo } = use.quote.request;
  const [userOp] = userOps;
  if (userOp === undefined) expect.unreachable();
  const counter = getAddress('0x9D6d5e255b591545029a7c450b8D1D9b7D037755');
  return {
    mode: 'USE',
    account,
    version: '2.0.0',
    userOps: [
      {
        chainId: 8453,
        callData: encodeExecute([{ to: counter, value: 0n, data: '0xe5071b8e' }]),
        nonce: BigInt(userOp.nonce),
        gas: { calls: 1 },
      },
    ],
    payment: { token, chainId: 8453, nonce: BigInt(paymentInfo.nonce) },
    bounds: { lower: userOp.lowerBoundTimestamp, upper: userOp.upperBoundTimestamp },
    sessionDetails: [buildSessionDetails(session, 8453)],
    simulate: true,
  };
}

const sent = (parameters: QuoteRequestParameters) => decodeJson(encodeJson(buildQuoteRequest(parameters)));

describe('quote request', () => {
  it('equals the recorded one for PREPARE', () => {
    expect(sent(prepareParameters())).toEqual(prepare.quote.request);
  });

  it('equals the recorded one for USE', () => {
    expect(sent(useParameters())).toEqual(use.quote.request);
  });

  it('gives the first session operation of another chain the gas of a first use', () => {
    const parameters = useParameters();
    if (parameters.mode !== 'USE') expect.unreachable();
    const [first] = parameters.userOps;
    if (first === undefined) expect.unreachable();
    const elsewhere = { ...first, chainId: 10 };
    const request = buildQuoteRequest({
      ...parameters,
      userOps: [elsewhere, { ...elsewhere }, first],
      sessionDetails: [buildSessionDetails(session, 8453), buildSessionDetails(session, 10)],
    });
    expect(request.userOps.map(({ verificationGasLimit }) => verificationGasLimit)).toEqual([
      1_000_000n,
      250_000n,
      250_000n,
    ]);
    expect(request.meeVersions.map(({ chainId }) => chainId)).toEqual([10, 8453]);
  });

  it.each([
    ['no operation', { userOps: [] }, 'NO_OPERATIONS'],
    ['reversed bounds', { bounds: { lower: 20, upper: 10 } }, 'BOUNDS'],
    ['a lower bound of zero', { bounds: { lower: 0, upper: 10 } }, 'BOUNDS'],
    ['bounds with fractions', { bounds: { lower: 1.5, upper: 10 } }, 'BOUNDS'],
  ])('is refused for %s', (_name, changes, code) => {
    expect(() => buildQuoteRequest({ ...prepareParameters(), ...changes })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('needs a session on every chain that acts or pays', () => {
    const parameters = { ...useParameters(), sessionDetails: [buildSessionDetails(session, 10)] };
    expect(() => buildQuoteRequest(parameters)).toThrow(
      expect.objectContaining({ code: 'SESSION_DETAILS_MISSING' }),
    );
  });
});

describe('answers', () => {
  it('parse as recorded, unknown members kept', () => {
    expect(parseInfoResponse(prepare.info.response)).toEqual(prepare.info.response);
    expect(parseQuoteResponse(prepare.quote.response)).toEqual(prepare.quote.response);
    expect(parseQuoteResponse(use.quote.response)).toEqual(use.quote.response);
    expect(parseExecResponse(use.exec.response)).toEqual(use.exec.response);
    expect(parseExplorerResponse(use.explorer.response)).toEqual(use.explorer.response);
  });

  const quote = prepare.quote.response;
  const op = quote.userOps[0];
  it.each<[string, unknown, string]>([
    ['null', null, ''],
    ['an error object', { error: 'no' }, 'hash'],
    ['a short hash', { ...quote, hash: '0x12' }, 'hash'],
    ['a hash as number', { ...quote, hash: 12 }, 'hash'],
    ['no operations', { ...quote, userOps: [] }, 'userOps'],
    ['65 operations', { ...quote, userOps: Array.from({ length: 65 }, () => op) }, 'userOps'],
    ['a negative nonce', withOp({ nonce: '-1' }), 'userOps.0.userOp.nonce'],
    ['a nonce with leading zeros', withOp({ nonce: '007' }), 'userOps.0.userOp.nonce'],
    ['a number for a nonce', withOp({ nonce: 7 }), 'userOps.0.userOp.nonce'],
    ['half a byte of calldata', withOp({ callData: '0xabc' }), 'userOps.0.userOp.callData'],
    [
      'a megabyte of calldata',
      withOp({ callData: `0x${'00'.repeat(600_000)}` }),
      'userOps.0.userOp.callData',
    ],
    ['a sender that is no address', withOp({ sender: '0x12' }), 'userOps.0.userOp.sender'],
    [
      'a missing fee',
      { ...quote, paymentInfo: { ...quote.paymentInfo, tokenWeiAmount: undefined } },
      'paymentInfo.tokenWeiAmount',
    ],
  ])('are refused with the path: %s', (_name, json, path) => {
    expect(() => parseQuoteResponse(json)).toThrow(
      expect.objectContaining({ code: 'NODE_RESPONSE_MALFORMED', path }),
    );
  });

  it('are refused for an unknown execution status', () => {
    const [first, ...rest] = use.explorer.response.userOps;
    const json = { ...use.explorer.response, userOps: [{ ...first, executionStatus: 'FINE' }, ...rest] };
    expect(() => parseExplorerResponse(json)).toThrow(
      expect.objectContaining({ path: 'userOps.0.executionStatus' }),
    );
  });

  function withOp(changes: object) {
    return {
      ...quote,
      userOps: [{ ...op, userOp: { ...op?.userOp, ...changes } }, ...quote.userOps.slice(1)],
    };
  }
});

describe('JSON', () => {
  it('writes bigints as decimal text and leaves undefined out', () => {
    expect(encodeJson({ a: 2n ** 200n, b: [1n], c: undefined, d: 1 })).toBe(
      `{"a":"${2n ** 200n}","b":["1"],"d":1}`,
    );
  });

  it('refuses what is too long or no JSON', () => {
    expect(() => decodeJson('[1,2]', 4)).toThrow(expect.objectContaining({ code: 'JSON_TOO_LONG' }));
    expect(() => decodeJson('<html>')).toThrow(expect.objectContaining({ code: 'JSON_MALFORMED' }));
  });
});
