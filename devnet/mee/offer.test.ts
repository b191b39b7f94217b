import { zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { checkOffer, isTyped, type QuotePath } from './offer';
import { payerOf } from './payment';
import { paymentKindOf } from './sponsorship';
import type { QuoteRequest } from './wire';

const account = '0x1111111111111111111111111111111111111111';
const owner = '0x2222222222222222222222222222222222222222';
const token = '0x3333333333333333333333333333333333333333';
const other = '0x4444444444444444444444444444444444444444';
const sponsor = '0x18eAc826f3dD77d065E75E285d3456B751AC80d5';

const op = {
  sender: account,
  nonce: 0n,
  callData: '0x',
  callGasLimit: 0n,
  chainId: 10,
  lowerBoundTimestamp: 1,
  upperBoundTimestamp: 2,
  shortEncoding: false,
  isCleanUpUserOp: false,
} as const;

const payment = {
  sponsored: false,
  sender: account,
  token,
  nonce: 0n,
  callGasLimit: 0n,
  chainId: 10,
  shortEncoding: false,
} as const;

const version = (name: string, chainId = 10): QuoteRequest['meeVersions'][number] => ({
  chainId,
  version: { version: name, ethForwarderAddress: other },
});

const simple: QuoteRequest = {
  quoteType: 'simple',
  userOps: [op],
  paymentInfo: payment,
  meeVersions: [version('2.1.0')],
};

const trigger = { tokenAddress: token, chainId: 10, amount: 5n } as const;

const permit: QuoteRequest = {
  ...simple,
  quoteType: 'permit',
  paymentInfo: { ...payment, eoa: owner },
  trigger,
};

describe('what the node offers', () => {
  it.each<[string, QuoteRequest, QuotePath]>([
    ['a simple quote', simple, 'quote'],
    [
      'a simple quote that somebody else pays',
      { ...simple, paymentInfo: permit.paymentInfo },
      'quote-permit',
    ],
    ['a permit', permit, 'quote-permit'],
    ['an approval', { ...permit, quoteType: 'onchain' }, 'quote-permit'],
    ['a call of the owner’s own', { ...simple, quoteType: 'onchain' }, 'quote'],
    [
      'a permit over two versions',
      { ...permit, meeVersions: [version('2.2.1'), version('2.1.0', 1)] },
      'quote-permit',
    ],
  ])('%s', (_, request, path) => {
    expect(() => checkOffer(request, path)).not.toThrow();
  });

  it.each<[string, QuoteRequest, QuotePath, string]>([
    ['a version it does not know', { ...simple, meeVersions: [version('3.0.0')] }, 'quote', '3.0.0'],
    [
      'two ways to sign',
      { ...simple, meeVersions: [version('2.2.1'), version('2.1.0', 1)] },
      'quote',
      'together',
    ],
    ['a permit at the wrong path', permit, 'quote', 'quote-permit'],
    [
      'a permit of the chain’s coin',
      { ...permit, trigger: { ...trigger, tokenAddress: zeroAddress } },
      'quote-permit',
      'token',
    ],
    ['a trigger of nobody', { ...permit, paymentInfo: payment }, 'quote-permit', 'paymentInfo.eoa'],
    ['a trigger in a simple quote', { ...simple, trigger }, 'quote-permit', 'trigger'],
  ])('is not %s', (_, request, path, reason) => {
    expect(() => checkOffer(request, path)).toThrow(reason);
  });

  it('takes typed data for simple quotes of the newest version only', () => {
    expect(isTyped({ ...simple, meeVersions: [version('2.2.1')] })).toBe(true);
    expect(isTyped(simple)).toBe(false);
    expect(isTyped({ ...permit, meeVersions: [version('2.2.1')] })).toBe(false);
  });
});

describe('who pays', () => {
  it('is the owner where a trigger moves the fee token, else the account', () => {
    expect(payerOf(permit, 'quote-permit')).toBe(owner);
    expect(
      payerOf({ ...permit, trigger: { ...trigger, tokenAddress: other } }, 'quote-permit'),
    ).toBeUndefined();
    expect(payerOf({ ...permit, trigger: { ...trigger, chainId: 1 } }, 'quote-permit')).toBeUndefined();
    expect(payerOf(simple, 'quote')).toBeUndefined();
    const coins = { ...permit, paymentInfo: { ...permit.paymentInfo, token: zeroAddress } };
    expect(payerOf(coins, 'quote-permit')).toBeUndefined();
  });

  it('is a fee payer that the request names', () => {
    expect(payerOf({ ...simple, paymentInfo: { ...payment, eoa: owner } }, 'quote-permit')).toBe(owner);
  });

  it.each([
    ['account', payment],
    ['trusted', { ...payment, sponsored: true, sender: sponsor }],
    [
      'trusted',
      { ...payment, sponsored: true, sender: sponsor, sponsorshipUrl: 'https://network.biconomy.io/v1' },
    ],
    ['gasTank', { ...payment, sponsored: true, sender: sponsor, sponsorshipUrl: 'http://127.0.0.1:1/v1' }],
    [
      'gasTank',
      { ...payment, sponsored: true, sender: other, sponsorshipUrl: 'https://network.biconomy.io/v1' },
    ],
  ] as const)('is known as %s', (kind, info) => {
    expect(paymentKindOf(info)).toBe(kind);
  });
});
