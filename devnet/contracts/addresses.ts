import type { Address, Hex } from 'viem';

/** The deterministic deployer that public networks and anvil hold. */
export const create2Deployer: Address = '0x4e59b44847b379578588920cA78FbF26c0B4956C';

/** EntryPoint v0.7 (ERC-4337), and the salt that leads to its address. */
export const entryPoint: Address = '0x0000000071727De22E5E9d8BAf0edAc6f37da032';
export const entryPointSalt: Hex = '0x90d8084deab30c2a37c45e8d47f49f2f7965183cb6990a98943ef94940681de3';

export const multicall3: Address = '0xcA11bde05977b3631167028862bE2a173976CA11';

/** The session module and its policies: the same on every network and MEE version. */
export const sessionContracts = {
  SmartSession: '0x00000000008bDABA73cD9815d79069c247Eb4bDA',
  SudoPolicy: '0x0000000000FEEc8D74e3143fBaBbca515358d869',
  UniversalPolicy: '0x0000000000714Cf48FcF88A0bFBa70d313415032',
  TimeframePolicy: '0x0000000000D30f611fA3bf652ac6879428586930',
  UsageLimitPolicy: '0x00000000001d4479FA2A947026204d0283ceDe4B',
  SpendingLimitsPolicy: '0x000000000033212e272655d8a22402db819477a6',
  ValueLimitPolicy: '0x000000000021dC45451291BCDfc9f0B46d6f0278',
} as const satisfies Record<string, Address>;

/** The contracts of one MEE version. */
export interface AccountContracts {
  factory: Address;
  bootstrap: Address;
  implementation: Address;
  validator: Address;
  etherForwarder: Address;
}

export type MeeVersion = '2.0.0' | '2.1.0' | '2.2.1';

/** Account contracts per MEE version, as in the client configuration of @biconomy/abstractjs. */
export const accountContracts: Record<MeeVersion, AccountContracts> = {
  '2.0.0': {
    factory: '0x000000001D1D5004a02bAfAb9de2D6CE5b7B13de',
    bootstrap: '0x00000000D3254452a909E4eeD47455Af7E27C289',
    implementation: '0x000000004F43C49e93C970E84001853a70923B03',
    validator: '0x00000000d12897DDAdC2044614A9677B191A2d95',
    etherForwarder: '0x000000Afe527A978Ecb761008Af475cfF04132a1',
  },
  '2.1.0': {
    factory: '0x0000006648ED9B2B842552BE63Af870bC74af837',
    bootstrap: '0x0000003eDf18913c01cBc482C978bBD3D6E8ffA3',
    implementation: '0x00000000383e8cBe298514674Ea60Ee1d1de50ac',
    validator: '0x0000000031ef4155C978d48a8A7d4EDba03b04fE',
    etherForwarder: '0x000000Afe527A978Ecb761008Af475cfF04132a1',
  },
  '2.2.1': {
    factory: '0x000000002c9A405a196f2dc766F2476B731693c3',
    bootstrap: '0x000000007BfEdA33ac982cb38eAaEf5D7bCC954c',
    implementation: '0x0000000020fe2F30453074aD916eDeB653eC7E9D',
    validator: '0x0000000002d3cC5642A748B6783F32C032616E03',
    etherForwarder: '0x000000C48Cdf2b46bEc062483dBD27046dfE3b8d',
  },
};
