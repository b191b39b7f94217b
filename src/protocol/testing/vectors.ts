import * as v from 'valibot';
import { type Address, getAddress, type Hex } from 'viem';
import { addressSchema, bytesSchema } from '../mee/wire';
import type { EncodedPolicy } from '../policies/policy';

/** Reads bytes out of test data. */
export const asHex = (text: string): Hex => v.parse(bytesSchema, text);

/** Reads an address out of test data. */
export const asAddress = (text: string): Address => getAddress(v.parse(addressSchema, text));

/** An action as the reference client writes it: every policy names its contract twice. */
export type RecordedAction = {
  actionTarget: string;
  actionTargetSelector: string;
  actionPolicies: readonly { policy: string; initData: string }[];
};

/** Reads an action out of test data. */
export const asAction = (recorded: RecordedAction) => ({
  actionTarget: asAddress(recorded.actionTarget),
  actionTargetSelector: asHex(recorded.actionTargetSelector),
  actionPolicies: recorded.actionPolicies.map(
    ({ policy, initData }): EncodedPolicy => ({ policy: asAddress(policy), initData: asHex(initData) }),
  ),
});

/** JSON in one letter case, bigints as decimal text. */
export const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? member.toString() : member,
  ).toLowerCase();

/**
 * Every vector of the data with its check, for `it.each`. A vector without a check gives a test that fails, and so does
 * a check without a vector.
 */
export const vectorChecks = <V extends Record<string, unknown>>(
  vectors: V,
  checks: { readonly [Name in keyof V]: (vector: V[Name]) => void | Promise<void> },
): readonly (readonly [string, () => void | Promise<void>])[] => {
  const names: readonly (keyof V)[] = [...new Set([...Object.keys(vectors), ...Object.keys(checks)])];
  return names.map((name) => [
    String(name),
    () => {
      const vector = vectors[name];
      const check = checks[name];
      if (check === undefined) throw new RangeError(`The vector ${String(name)} has no check.`);
      if (vector === undefined) throw new RangeError(`The check ${String(name)} has no vector.`);
      return check(vector);
    },
  ]);
};
