import type { Address } from 'viem';

/** MEE contract suites that this code speaks. */
export type MeeVersion = '2.0.0' | '2.1.0';

/** One contract suite, in the shape in which a quote request names it (`meeVersions[].version`). */
export type MeeVersionConfig = {
  version: MeeVersion;
  /** What `accountId()` of the implementation returns. */
  accountId: string;
  factoryAddress: Address;
  bootStrapAddress: Address;
  implementationAddress: Address;
  /** K1 MEE validator: owner validator and session validator. */
  validatorAddress: Address;
  /** Validator that the nonce key names for owner operations; zero means the account's default. */
  defaultValidatorAddress: Address;
  ethForwarderAddress: Address;
  composabilityVersion: '1.0.0';
};

/** The suites by version. */
export const meeVersions: Record<MeeVersion, MeeVersionConfig> = {
  '2.0.0': {
    version: '2.0.0',
    accountId: 'biconomy.nexus.1.2.0',
    factoryAddress: '0x000000001D1D5004a02bAfAb9de2D6CE5b7B13de',
    bootStrapAddress: '0x00000000D3254452a909E4eeD47455Af7E27C289',
    implementationAddress: '0x000000004F43C49e93C970E84001853a70923B03',
    validatorAddress: '0x00000000d12897DDAdC2044614A9677B191A2d95',
    defaultValidatorAddress: '0x0000000000000000000000000000000000000000',
    ethForwarderAddress: '0x000000Afe527A978Ecb761008Af475cfF04132a1',
    composabilityVersion: '1.0.0',
  },
  '2.1.0': {
    version: '2.1.0',
    accountId: 'biconomy.nexus.1.2.0',
    factoryAddress: '0x0000006648ED9B2B842552BE63Af870bC74af837',
    bootStrapAddress: '0x0000003eDf18913c01cBc482C978bBD3D6E8ffA3',
    implementationAddress: '0x00000000383e8cBe298514674Ea60Ee1d1de50ac',
    validatorAddress: '0x0000000031ef4155C978d48a8A7d4EDba03b04fE',
    defaultValidatorAddress: '0x0000000000000000000000000000000000000000',
    ethForwarderAddress: '0x000000Afe527A978Ecb761008Af475cfF04132a1',
    composabilityVersion: '1.0.0',
  },
};

/** The suite of new accounts: its validator accepts an owner that carries EIP-7702 code. */
export const defaultMeeVersion: MeeVersion = '2.1.0';

/** Every owner and session validator of the known suites. */
export const validatorAddresses: readonly Address[] = Object.values(meeVersions).map(
  (config) => config.validatorAddress,
);
