import type { Address, Hex } from 'viem';
import { type Sentence, type SentencePart, sentence } from '../policies/sentence';
import { type Asset, isToken } from './asset';
import type { Bound, Limit } from './bound';

/** How a grant moves an asset. `anything` is a call that nothing names: no token is safe from it. */
export type ExposureEffect = 'transfer' | 'approval' | 'operatorApproval' | 'nativeCoin' | 'fee' | 'anything';

const verbs: Record<ExposureEffect, string> = {
  transfer: 'Transfers ',
  approval: 'Approves spenders of ',
  operatorApproval: 'Hands over ',
  nativeCoin: 'Sends ',
  fee: 'Pays fees of ',
  anything: 'Can be made to move ',
};

/** One step of an exposure in plain words, the deciding limits behind it. */
export function effectSentence(
  effect: ExposureEffect,
  asset: Asset,
  most: Bound,
  limits: readonly Limit[],
): Sentence {
  if (most === 'unlimited') return sentence('danger', verbs[effect], ...unlimitedOf(asset), '.');
  const verb = `${verbs[effect]}at most `;
  return sentence('info', verb, amountOf(most, asset), ...because(limits, asset), '.');
}

/** A call whose effect only its contract knows. */
export function opaqueSentence(target: Address, selector: Hex, calls: Bound): Sentence {
  const times = calls === 'unlimited' ? 'any number of times' : `at most ${calls} times`;
  return sentence(
    'notice',
    'Calls ',
    { kind: 'selector', value: selector },
    ' of ',
    { kind: 'address', value: target },
    ` ${times}: what that does with tokens which the contract may take already, only the contract knows.`,
  );
}

function unlimitedOf(asset: Asset): readonly SentencePart[] {
  if (asset === 'native') return ['an unlimited amount of native coin'];
  if (!isToken(asset)) return ['any token without limit'];
  return ['an unlimited amount of ', { kind: 'address', value: asset }];
}

function amountOf(value: bigint, asset: Asset): SentencePart {
  return asset === 'anyToken' ? `${value} units of any token` : { kind: 'amount', value, token: asset };
}

function because(limits: readonly Limit[], asset: Asset): readonly SentencePart[] {
  return limits.flatMap((limit, index) => [index === 0 ? ': ' : ', ', ...limitParts(limit, asset)]);
}

function limitParts({ kind, amount, policy, rule }: Limit, asset: Asset): readonly SentencePart[] {
  const source = rule === undefined ? policy : `${policy} rule ${rule + 1}`;
  if (kind === 'calls') return [`${amount} ${amount === 1n ? 'call' : 'calls'} (${source})`];
  return [amountOf(amount, asset), ` ${kind === 'perCall' ? 'per call' : 'in all'} (${source})`];
}
