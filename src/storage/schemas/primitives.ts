import * as v from 'valibot';
import type { Address, Hex } from 'viem';
import { type MeeVersion, meeVersions } from '../../protocol/constants/versions';

const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value);

export const hexSchema = v.custom<Hex>(matches(/^0x[0-9a-fA-F]*$/), 'must be hex');

export const addressSchema = v.custom<Address>(matches(/^0x[0-9a-fA-F]{40}$/), 'must be an address');

export const amountSchema = v.pipe(v.bigint(), v.minValue(0n));

/** Chain ids, counts and unix seconds. */
export const wholeSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const versionSchema = v.custom<MeeVersion>(
  (value) => typeof value === 'string' && Object.hasOwn(meeVersions, value),
  'must be a version of the contracts',
);

export const feeTokenSchema = v.looseObject({ address: addressSchema, chainId: wholeSchema });

export const quoteTypeSchema = v.picklist(['simple', 'permit', 'onchain']);
