import type { Address, Hex } from 'viem';
import type { PolicyType } from '../policies/policy';

/** What a request may take more of: calls, amounts of a word, native coin, time, or values of an argument. */
export type Aspect =
  | 'calls'
  | 'perCall'
  | 'total'
  | 'nativePerCall'
  | 'native'
  | 'start'
  | 'end'
  | 'argument';

/**
 * One way in which a request goes beyond a grant.
 * - `account`, `chain`: it is about something else altogether.
 * - `unusable`: the grant allows nothing, or not to this product.
 * - `newAction`: a function of a contract that the grant doesn't have, or no longer.
 * - `wider`: the grant's policy (`rule` for universal) leaves less: `granted` is what is left, `asked` what is asked
 *   for, null where the request doesn't limit it or a value can't be named.
 * - `feeToken`, `feeBudget`: fees in another token, or more than is left.
 */
export type Difference =
  | { kind: 'account' | 'chain' | 'unusable' }
  | { kind: 'newAction'; target: Address; selector: Hex }
  | WiderAction
  | { kind: 'feeToken'; token: Address }
  | { kind: 'feeBudget'; token: Address; granted: bigint; asked: bigint };

/** An action that asks for more than what a policy of the grant leaves. */
export type WiderAction = {
  kind: 'wider';
  target: Address;
  selector: Hex;
  policy: PolicyType;
  rule?: number;
  aspect: Aspect;
  granted: bigint | null;
  asked: bigint | null;
};
