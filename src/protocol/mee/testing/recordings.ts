import * as v from 'valibot';
import { type Address, getAddress, type Hex } from 'viem';
import { accountInitCode } from '../../account/init';
import { decodeComposable } from '../../actions/composable';
import { buildCustomAction } from '../../actions/custom';
import { meeVersions } from '../../constants/versions';
import { buildSessionDetails } from '../../session/details';
import { decodeEnableSessions } from '../../session/enable';
import { withFeeBudget } from '../../session/payment';
import { buildSession, type Session } from '../../session/session';
import vectors from '../mee.vectors.json';
import onchainPrepare from '../onchainPrepare.vectors.json';
import onchainUse from '../onchainUse.vectors.json';
import permitPrepare from '../permitPrepare.vectors.json';
import permitUse from '../permitUse.vectors.json';
import { planSuperTransaction, type SuperTransactionPlan } from '../plan';
import { enableInstructions, installInstruction, prepareInstructions } from '../prepare';
import simplePrepare from '../prepare.vectors.json';
import type { QuoteRequest } from '../quoteRequest';
import { planTrigger } from '../trigger';
import simpleUse from '../use.vectors.json';
import { addressSchema, bytesSchema } from '../wire';

/** Quotes recorded between a client and a node, by how the owner consented and what was done. */
export const recordings = {
  'simple PREPARE': simplePrepare,
  'simple USE': simpleUse,
  'permit PREPARE': permitPrepare,
  'permit USE': permitUse,
  'onchain PREPARE': onchainPrepare,
  'onchain USE': onchainUse,
} as const;

export type RecordingName = keyof typeof recordings;
export const recordingNames: readonly RecordingName[] = [
  'simple PREPARE',
  'simple USE',
  'permit PREPARE',
  'permit USE',
  'onchain PREPARE',
  'onchain USE',
];

type Kind = 'simple' | 'permit' | 'onchain';
const kindOf = (name: RecordingName): Kind =>
  name.startsWith('simple') ? 'simple' : name.startsWith('permit') ? 'permit' : 'onchain';

const asAddress = (text: string): Address => getAddress(v.parse(addressSchema, text));
const asHex = (text: string): Hex => v.parse(bytesSchema, text);
const chainId = 8453;
const suite = meeVersions['2.0.0'];
const counter = getAddress('0x9D6d5e255b591545029a7c450b8D1D9b7D037755');

export const ownerOf = (kind: Kind): Address => asAddress(vectors[`packed/${kind} PREPARE`].expected.owner);

/** Address of the session key of a recording. */
export const redeemerOf = (kind: Kind): Address => asAddress(vectors[`packed/${kind} USE`].input.session);

/** What the client of the recording signed, and over which hash. */
export const signedIn = (name: RecordingName): { quoteHash: string; clientSignature: Hex } => {
  const { quoteHash, clientSignature } = vectors[`packed/${name}`].input;
  return { quoteHash, clientSignature: asHex(clientSignature) };
};

/** The node's answer, fresh for every use. */
export const recordedResponse = (name: RecordingName): unknown =>
  structuredClone(recordings[name].quote.response);

const operationOf = (name: RecordingName) => {
  const [userOp] = recordings[name].quote.request.userOps;
  if (userOp === undefined) throw new TypeError('The recording has no operation.');
  return userOp;
};

const feeTokenOf = (kind: Kind) => asAddress(recordings[`${kind} PREPARE`].quote.request.paymentInfo.token);

/** The session of a recording, built from what it granted; only the salt is taken from its bytes. */
const sessionOf = (kind: Kind): Session => {
  const enable = decodeComposable(asHex(operationOf(`${kind} PREPARE`).callData)).at(-1);
  const [recorded] = decodeEnableSessions(enable?.data ?? '0x');
  const [group] = buildCustomAction({
    chainIds: [chainId],
    contractAddress: counter,
    functionSignature: '0xe5071b8e',
    policies: [{ type: 'sudo' }],
  });
  const budget = { token: feeTokenOf(kind), maxPaymentAmount: 5_000_000n };
  return buildSession({
    redeemer: redeemerOf(kind),
    actions: withFeeBudget(group?.actions ?? [], budget).actions,
    salt: recorded?.salt ?? '0x',
    version: '2.0.0',
  });
};

const commonOf = (name: RecordingName) => {
  const { lowerBoundTimestamp: lower, upperBoundTimestamp: upper } = operationOf(name);
  const kind = kindOf(name);
  return {
    account: asAddress(recordings[name].quote.request.paymentInfo.sender),
    owner: ownerOf(kind),
    version: '2.0.0' as const,
    payment: { token: feeTokenOf(kind), chainId },
    bounds: { lower, upper },
    simulate: true,
  };
};

const triggerOf = (kind: 'permit' | 'onchain') =>
  planTrigger(
    { tokenAddress: feeTokenOf(kind), chainId, amount: 2_000_000n },
    { quoteType: kind, owner: ownerOf(kind) },
  );

const preparePlan = (kind: Kind): SuperTransactionPlan => {
  const common = commonOf(`${kind} PREPARE`);
  const { account } = common;
  const session = sessionOf(kind);
  const trigger = kind === 'simple' ? {} : { trigger: triggerOf(kind) };
  const instructions = prepareInstructions(
    {
      account,
      ...trigger,
      install: [installInstruction({ account, chainId, version: '2.0.0' })],
      instructions: [],
      enable: enableInstructions({ session, parts: [session] }, { account, chainId, batchActions: true }),
      batchActions: true,
    },
    { bounds: common.bounds, forwarder: suite.ethForwarderAddress },
  );
  const initCode = accountInitCode({ owner: common.owner, version: '2.0.0' });
  return {
    ...common,
    mode: 'PREPARE',
    ...trigger,
    instructions,
    deployments: new Map([[chainId, { initCode }]]),
  };
};

const usePlan = (kind: Kind): SuperTransactionPlan => ({
  ...commonOf(`${kind} USE`),
  mode: 'USE',
  sessionDetails: [buildSessionDetails(sessionOf(kind), chainId)],
  instructions: [{ chainId, composable: false, calls: [{ to: counter, value: 0n, data: '0xe5071b8e' }] }],
});

/** The request of a recording, built anew from what was asked for; only nonces, salt and bounds are taken over. */
export const rebuiltRequest = (name: RecordingName): QuoteRequest => {
  const plan = name.endsWith('PREPARE') ? preparePlan(kindOf(name)) : usePlan(kindOf(name));
  const { userOps, paymentInfo } = recordings[name].quote.request;
  return planSuperTransaction(plan).build([paymentInfo, ...userOps].map(({ nonce }) => BigInt(nonce)));
};

/** The trigger that a recording used. */
export const recordedTrigger = triggerOf;
