import {
  decodeAbiParameters,
  encodeAbiParameters,
  getAddress,
  type Hex,
  numberToHex,
  parseAbiParameters,
  zeroAddress,
} from 'viem';
import { parseAddress, sameAddress } from '../address';
import { maxUint256 } from '../word';
import type { DescribeContext } from './check';
import type { SpendingLimitsPolicy, TokenLimit } from './policy';
import { PolicyError } from './policyError';
import type { PolicyModule } from './policyModule';
import { type Sentence, sentence } from './sentence';
import { checkSpendingLimits } from './spendingLimitsCheck';
import { amountSeverity, isUnlimited } from './unlimited';

const parameters = parseAbiParameters('address[] tokens, uint256[] limits');
const wordParameters = parseAbiParameters('uint256[] tokens, uint256[] limits');

/** The ERC-20 spending limit policy contract: a total per token over transfer, transferFrom and approvals. */
export const spendingLimitsPolicy: PolicyModule<SpendingLimitsPolicy> = {
  type: 'spendingLimits',
  encode: ({ tokenLimits }) =>
    encodeAbiParameters(parameters, [
      tokenLimits.map(({ token }) => token),
      tokenLimits.map(({ limit }) => limit),
    ]),
  decode,
  validate,
  check: checkSpendingLimits,
  describe,
};

function decode(initData: Hex): SpendingLimitsPolicy {
  const [tokens, limits] = decodeLists(initData);
  if (tokens.length !== limits.length) throw malformed(`${tokens.length} tokens, ${limits.length} limits.`);
  const tokenLimits = tokens.map((word, index): TokenLimit => {
    if (word >= 2n ** 160n) throw malformed(`Token ${index} is not an address.`);
    return { token: getAddress(numberToHex(word, { size: 20 })), limit: limits[index] ?? 0n };
  });
  return { type: 'spendingLimits', tokenLimits };
}

function decodeLists(initData: Hex): readonly [readonly bigint[], readonly bigint[]] {
  try {
    return decodeAbiParameters(wordParameters, initData);
  } catch (cause) {
    throw malformed('The lists do not decode.', cause);
  }
}

function validate({ tokenLimits }: SpendingLimitsPolicy): void {
  if (tokenLimits.length === 0) {
    throw new PolicyError('SPENDING_LIMITS_EMPTY', {
      shortMessage: 'A spending limit needs at least one token.',
      action: 'Name a token and its limit.',
    });
  }
  const seen = new Set<string>();
  for (const { token, limit } of tokenLimits) {
    const parsed = parseAddress(token, 'token');
    if (parsed === zeroAddress) throw zeroToken();
    if (limit < 1n || limit > maxUint256) throw limitRange(parsed, limit);
    if (seen.has(parsed)) throw duplicateToken(parsed);
    seen.add(parsed);
  }
}

function describe({ tokenLimits }: SpendingLimitsPolicy, { target }: DescribeContext): readonly Sentence[] {
  return tokenLimits.map(({ token, limit }) => {
    const amount = { kind: 'amount', value: limit, token } as const;
    if (!sameAddress(token, target)) {
      return sentence(
        'warning',
        'Names a limit of ',
        amount,
        ', but that token is not the contract of this action.',
      );
    }
    if (isUnlimited(limit)) return sentence('danger', 'Spends or approves an unlimited amount of the token.');
    return sentence(amountSeverity(limit), 'Spends or approves at most ', amount, ' in all.');
  });
}

function zeroToken(): PolicyError {
  return new PolicyError('SPENDING_LIMIT_TOKEN', {
    shortMessage: 'The zero address is not a token.',
    action: 'Use a value limit for native coin.',
  });
}

function limitRange(token: string, limit: bigint): PolicyError {
  return new PolicyError('SPENDING_LIMIT_RANGE', {
    shortMessage: 'A spending limit must be from 1 to 2^256 - 1 of the smallest unit.',
    details: `Got ${limit} for ${token}.`,
    action: 'Give a limit, or leave the token out.',
  });
}

function duplicateToken(token: string): PolicyError {
  return new PolicyError('SPENDING_LIMIT_DUPLICATE', {
    shortMessage: 'A token has two spending limits; the contract would keep only the last.',
    details: token,
    action: 'Give one limit per token.',
  });
}

function malformed(details: string, cause?: unknown): PolicyError {
  return new PolicyError('POLICY_MALFORMED', {
    shortMessage: "The spending limits of this policy can't be read.",
    details,
    action: 'Do not enable it.',
    cause,
  });
}
