import type { Address } from 'viem';

/** EntryPoint v0.7 (ERC-4337), the same on every chain. */
export const entryPointAddress: Address = '0x0000000071727De22E5E9d8BAf0edAc6f37da032';

/** SmartSession validator module. */
export const smartSessionAddress: Address = '0x00000000008bDABA73cD9815d79069c247Eb4bDA';

/** Target that SmartSession reads as "every target and selector not listed otherwise". */
export const fallbackTargetAddress: Address = '0x0000000000000000000000000000000000000001';

/** The policy contracts, by policy type. */
export const policyAddresses = {
  sudo: '0x0000000000FEEc8D74e3143fBaBbca515358d869',
  universal: '0x0000000000714Cf48FcF88A0bFBa70d313415032',
  timeframe: '0x0000000000D30f611fA3bf652ac6879428586930',
  usageLimit: '0x00000000001d4479FA2A947026204d0283ceDe4B',
  spendingLimits: '0x000000000033212e272655d8a22402db819477a6',
  valueLimit: '0x000000000021dC45451291BCDfc9f0B46d6f0278',
} as const satisfies Record<string, Address>;
