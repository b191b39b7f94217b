import { type Address, concatHex, type Hex } from 'viem';
import type { ActionData } from '../../actions/action';
import type { Call } from '../../actions/call';
import type { Policy, UniversalPolicy, UniversalRule } from '../../policies/policy';
import { encodePolicy } from '../../policies/registry';
import type { Session } from '../../session/session';
import { buildSession } from '../../session/session';
import { toWord } from '../../word';
import type { Grant } from '../grant';
import type { Verdict } from '../verdict';

/** Addresses, a function and a time that the tests of this room speak of. */
export const account: Address = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
export const redeemer: Address = '0x1563915e194D8CfBA1943570603F7606A3115508';
export const target: Address = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
export const token: Address = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
export const feeToken: Address = '0x2093c05666E439c2a951052c3532F72ea0e1AB99';
export const alice: Address = '0x1111111111111111111111111111111111111111';
export const bob: Address = '0x2222222222222222222222222222222222222222';
export const marker: Address = '0x0000000000000000000000000000000000000001';
export const selector: Hex = '0xe5071b8e';
export const now = 1_750_000_000;

/** An action on the target's function, or on another one. */
export function action(policies: readonly Policy[], to: Address = target, fn: Hex = selector): ActionData {
  return { actionTarget: to, actionTargetSelector: fn, actionPolicies: policies.map(encodePolicy) };
}

/** A grant of a session that could be built. */
export function grantOf(...actions: readonly ActionData[]): Grant {
  const session = buildSession({ redeemer, actions, salt: toWord(7n), version: '2.1.0', account });
  return { account, chainId: 8453, session, feeBudgetIndex: null };
}

/** A grant of a session that only the chain would take. */
export function forgedGrant(actions: readonly ActionData[], changes: Partial<Session> = {}): Grant {
  const grant = grantOf(action([{ type: 'sudo' }]));
  return { ...grant, session: { ...grant.session, actions, ...changes } };
}

/** A call of the target's function, or of another one. */
export function call(data: Hex = selector, to: Address = target, value = 0n): Call {
  return { to, value, data };
}

/** Calldata of a function with whole words behind it. */
export function words(fn: Hex, ...values: readonly bigint[]): Hex {
  return concatHex([fn, ...values.map(toWord)]);
}

/** A rule that only the word zero meets, changed. */
export function rule(changes: Partial<UniversalRule>): UniversalRule {
  return {
    condition: 'equal',
    calldataOffset: 0n,
    comparisonValue: toWord(0n),
    isLimited: false,
    usage: { limit: 0n, used: 0n },
    ...changes,
  };
}

/** A universal policy that lets no native coin go. */
export function universal(...rules: readonly UniversalRule[]): UniversalPolicy {
  return { type: 'universal', valueLimitPerUse: 0n, rules };
}

/** Codes of the reasons of a verdict; none where it allows. */
export function codes(result: Verdict): readonly string[] {
  return result.allowed ? [] : result.reasons.map(({ code }) => code);
}
