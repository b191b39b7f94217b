import type { Hex } from 'viem';
import type { CheckContext, CheckResult, DescribeContext } from './check';
import type { Policy } from './policy';
import type { Sentence } from './sentence';

/** Everything the product knows about one policy contract. */
export interface PolicyModule<P extends Policy> {
  readonly type: P['type'];
  /** The contract's init data. The policy must have passed `validate`. */
  encode(policy: P): Hex;
  /** Reads init data as the contract does. @throws PolicyError when the contract could not read it */
  decode(initData: Hex): P;
  /** @throws PolicyError for values the contract rejects or that would silently mean something else */
  validate(policy: P): void;
  /** The contract's check of one call, with counters kept by the caller. */
  check(policy: P, context: CheckContext): CheckResult;
  /** The policy in plain sentences. */
  describe(policy: P, context: DescribeContext): readonly Sentence[];
}
