import { hashTypedData, recoverAddress, slice } from 'viem';
import { describe, expect, it } from 'vitest';
import { meeVersions } from '../constants/versions';
import { encodeOnChainSignature, encodePermitSignature } from './clientSignature';
import { decodeJson, encodeJson } from './codec';
import { buildTriggerExecRequest } from './exec';
import { permitRoute } from './permit';
import { quotePath } from './quoteRequest';
import { parseQuoteResponse } from './quoteResponse';
import { buildExecRequest, superTransactionDigest } from './sign';
import {
  ownerOf,
  type RecordingName,
  rebuiltRequest,
  recordedResponse,
  recordedTrigger,
  recordingNames,
  recordings,
  redeemerOf,
  signedIn,
} from './testing/recordings';
import { permitTypedData, settleTrigger, triggerTransaction } from './triggerPayload';
import { verifyQuote } from './verify';

const sent = (value: unknown): unknown => decodeJson(encodeJson(value));
const verified = (name: RecordingName) =>
  verifyQuote({
    request: rebuiltRequest(name),
    response: parseQuoteResponse(recordedResponse(name)),
    maxFee: 1_000_000n,
  });

describe.each(recordingNames)('the recorded %s', (name) => {
  it('is asked for with the same request', () => {
    expect(sent(rebuiltRequest(name))).toEqual(recordings[name].quote.request);
  });

  it('is accepted with what it costs and who pays', () => {
    const { response } = recordings[name].quote;
    const quote = verified(name);
    expect(quote.hash).toBe(response.hash);
    expect(quote.hash).toBe(signedIn(name).quoteHash);
    expect(quote.fee).toMatchObject({
      amount: BigInt(response.paymentInfo.tokenWeiAmount),
      recipient: response.node,
    });
    expect(quote.userOpHashes).toEqual(response.userOps.map((op) => op.userOpHash));
    expect(quote.leaves).toEqual(response.userOps.map((op) => op.meeUserOpHash));
    expect(quote.sponsored).toBe(false);
  });
});

describe('a simple quote', () => {
  it.each(['simple PREPARE', 'simple USE', 'permit USE', 'onchain USE'] as const)(
    'of %s was signed in the recording as it is signed here',
    async (name) => {
      const { clientSignature } = signedIn(name);
      const quote = verified(name);
      const signature = slice(clientSignature, 4);
      const kind = name === 'permit USE' ? 'permit' : name === 'onchain USE' ? 'onchain' : 'simple';
      const signer = name.endsWith('PREPARE') ? ownerOf(kind) : redeemerOf(kind);
      expect(quote.signing).toBe('personal');
      expect(quotePath(quote.request)).toBe('quote');
      expect(await recoverAddress({ hash: superTransactionDigest(quote), signature })).toBe(signer);
      expect(sent(buildExecRequest(quote, signature))).toEqual(recordings[name].exec.request);
    },
  );
});

describe('the permit', () => {
  it('was signed in the recording over the typed data that is made here', async () => {
    const quote = verified('permit PREPARE');
    const { clientSignature } = signedIn('permit PREPARE');
    const owner = ownerOf('permit');
    const trigger = settleTrigger(recordedTrigger('permit'), quote);
    const token = trigger.tokenAddress;
    const separator = slice(clientSignature, 4 + 64, 4 + 96);
    const route = permitRoute({
      token,
      chainId: 8453,
      nonce: 0n,
      domainSeparator: separator,
      name: 'Permit USD',
      version: null,
      eip712Domain: null,
      typehash: null,
      probeRevert: '0x62791302',
    });
    if (route.route !== 'permit') expect.unreachable();
    const account = quote.request.paymentInfo.sender;
    const data = permitTypedData(quote, {
      domain: route.domain,
      owner,
      account,
      nonce: route.nonce,
      trigger,
    });
    expect(quote.fee.payer).toBe(owner);
    expect(data.message.value).toBe(2_000_000n + quote.fee.amount);
    expect(data.message.deadline).toBe(BigInt(quote.hash));
    const words = Array.from({ length: 10 }, (_, index) =>
      slice(clientSignature, 4 + 32 * index, 36 + 32 * index),
    );
    const [v = '0x', r = '0x', s = '0x'] = words.slice(7);
    const signature = `${r}${s.slice(2)}${slice(v, 31).slice(2)}` as const;
    expect(await recoverAddress({ hash: hashTypedData(data), signature })).toBe(owner);
    const encoded = encodePermitSignature({
      token,
      spender: account,
      domainSeparator: separator,
      amount: data.message.value,
      chainId: 8453,
      nonce: route.nonce,
      signature,
    });
    expect(encoded).toBe(clientSignature);
    expect(quotePath(quote.request)).toBe('quote-permit');
    expect(sent(buildTriggerExecRequest(quote, encoded, trigger))).toEqual(
      recordings['permit PREPARE'].exec.request,
    );
  });
});

describe('the transaction', () => {
  it('approves the amount with its fee and ends with the hash', () => {
    const quote = verified('onchain PREPARE');
    const { clientSignature } = signedIn('onchain PREPARE');
    const trigger = settleTrigger(recordedTrigger('onchain'), quote);
    const account = quote.request.paymentInfo.sender;
    const transaction = triggerTransaction(quote, { account, suite: meeVersions['2.0.0'], trigger });
    expect(transaction.to).toBe(trigger.tokenAddress);
    expect(slice(transaction.data, 0, 4)).toBe('0x095ea7b3');
    expect(BigInt(slice(transaction.data, 36, 68))).toBe(2_000_000n + quote.fee.amount);
    expect(slice(transaction.data, 68)).toBe(quote.hash);
    const encoded = encodeOnChainSignature({ transactionHash: slice(clientSignature, 4, 36), chainId: 8453 });
    expect(encoded).toBe(clientSignature);
    expect(sent(buildTriggerExecRequest(quote, encoded, trigger))).toEqual(
      recordings['onchain PREPARE'].exec.request,
    );
  });
});
