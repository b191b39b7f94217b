import { type Address, zeroAddress } from 'viem';

/** MEE contract suites that this code speaks. */
export type MeeVersion = '2.0.0' | '2.1.0' | '2.2.1';

/** Suites that are known by their addresses only; see `unprovenVersions`. */
export type UnprovenVersion = '2.3.0' | '3.0.0';

/** How composable calls are encoded: 1.0.0 names target and value apart, 1.1.0 carries them as inputs. */
export type ComposabilityVersion = '1.0.0' | '1.1.0';

/** One contract suite, in the shape in which a quote request names it (`meeVersions[].version`). */
export type MeeVersionConfig = {
  version: MeeVersion | UnprovenVersion;
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
  composabilityVersion: ComposabilityVersion;
};

const firstForwarder = '0x000000Afe527A978Ecb761008Af475cfF04132a1';
const secondForwarder = '0x000000C48Cdf2b46bEc062483dBD27046dfE3b8d';

/** The suites by version. */
export const meeVersions: Record<MeeVersion, MeeVersionConfig> = {
  '2.0.0': {
    version: '2.0.0',
    accountId: 'biconomy.nexus.1.2.0',
    factoryAddress: '0x000000001D1D5004a02bAfAb9de2D6CE5b7B13de',
    bootStrapAddress: '0x00000000D3254452a909E4eeD47455Af7E27C289',
    implementationAddress: '0x000000004F43C49e93C970E84001853a70923B03',
    validatorAddress: '0x00000000d12897DDAdC2044614A9677B191A2d95',
    defaultValidatorAddress: zeroAddress,
    ethForwarderAddress: firstForwarder,
    composabilityVersion: '1.0.0',
  },
  '2.1.0': {
    version: '2.1.0',
    accountId: 'biconomy.nexus.1.2.0',
    factoryAddress: '0x0000006648ED9B2B842552BE63Af870bC74af837',
    bootStrapAddress: '0x0000003eDf18913c01cBc482C978bBD3D6E8ffA3',
    implementationAddress: '0x00000000383e8cBe298514674Ea60Ee1d1de50ac',
    validatorAddress: '0x0000000031ef4155C978d48a8A7d4EDba03b04fE',
    defaultValidatorAddress: zeroAddress,
    ethForwarderAddress: firstForwarder,
    composabilityVersion: '1.0.0',
  },
  '2.2.1': {
    version: '2.2.1',
    accountId: 'biconomy.nexus.1.3.1',
    factoryAddress: '0x000000002c9A405a196f2dc766F2476B731693c3',
    bootStrapAddress: '0x000000007BfEdA33ac982cb38eAaEf5D7bCC954c',
    implementationAddress: '0x0000000020fe2F30453074aD916eDeB653eC7E9D',
    validatorAddress: '0x0000000002d3cC5642A748B6783F32C032616E03',
    defaultValidatorAddress: zeroAddress,
    ethForwarderAddress: secondForwarder,
    composabilityVersion: '1.1.0',
  },
};

/** A suite that is not offered, and why, in one sentence a person understands. */
export type UnprovenSuite = { config: MeeVersionConfig; refusal: string };

/** Suites whose contracts were never seen to run with this code. They are recognised, and refused. */
export const unprovenVersions: Record<UnprovenVersion, UnprovenSuite> = {
  '2.3.0': {
    config: {
      version: '2.3.0',
      accountId: 'biconomy.nexus.1.3.1',
      factoryAddress: '0x5836Bdb35913c7CBA6ef40675354445121449917',
      bootStrapAddress: '0xCa8f48912A3a33fE694c318a1d097AD394CFAB76',
      implementationAddress: '0x54F220e4f0DEAb58Be26153df5a674668B9d7Fb2',
      validatorAddress: '0x1Cdae7dcc3f32551865EfE3d77AC2b88Ee2905B4',
      defaultValidatorAddress: zeroAddress,
      ethForwarderAddress: secondForwarder,
      composabilityVersion: '1.1.0',
    },
    refusal:
      'Accounts of version 2.3.0 are not supported yet: nothing proves that its contracts accept what is signed here.',
  },
  '3.0.0': {
    config: {
      version: '3.0.0',
      accountId: 'biconomy.nexus.1.3.1',
      factoryAddress: '0x75Eb8D1621D193010425D34b4Ae81835E2409660',
      bootStrapAddress: '0x33A8F72F236e02eD62B0312f48105AcBD651Cd17',
      implementationAddress: '0x37DF3014c8B72372F2783aAF517bcdC6B516c8Df',
      validatorAddress: '0x5e2181ccC1550f5e86F14298A12a7a9A04536F58',
      defaultValidatorAddress: zeroAddress,
      ethForwarderAddress: secondForwarder,
      composabilityVersion: '1.1.0',
    },
    refusal:
      'Accounts of version 3.0.0 are not supported yet: its validator reads other signatures than those made here.',
  },
};

/** The suite of new accounts: its validator accepts an owner that carries EIP-7702 code. */
export const defaultMeeVersion: MeeVersion = '2.1.0';

const unprovenConfigs = Object.values(unprovenVersions).map(({ config }) => config);

/** Every suite that can be recognised, spoken or not. */
export const knownSuites: readonly MeeVersionConfig[] = [...Object.values(meeVersions), ...unprovenConfigs];

/** Every owner and session validator of the known suites. */
export const validatorAddresses: readonly Address[] = knownSuites.map((config) => config.validatorAddress);
