import type { Hex } from 'viem';

/** ERC-7579 execution mode: one call, revert on failure. */
export const executeSingleMode: Hex = '0x0000000000000000000000000000000000000000000000000000000000000000';

/** ERC-7579 execution mode: several calls, revert on failure. */
export const executeBatchMode: Hex = '0x0100000000000000000000000000000000000000000000000000000000000000';

/** Selector under which SmartSession files a call with fewer than four bytes of calldata. */
export const nativeTransferSelector: Hex = '0xffffffff';

/** First byte of a SmartSession signature. */
export const sessionModes = { use: '0x00', enable: '0x01', unsafeEnable: '0x02' } as const satisfies Record<
  string,
  Hex
>;

/** First bytes of a K1 MEE validator signature over a supertransaction, simple mode. */
export const simpleSignaturePrefix: Hex = '0x177eee00';

/** The same for a supertransaction whose hash ends the calldata of a transaction. */
export const onChainSignaturePrefix: Hex = '0x177eee01';

/** The same for a supertransaction whose hash is the deadline of an ERC-20 permit. */
export const permitSignaturePrefix: Hex = '0x177eee02';

/** Fourth byte of a nonce key: how the account validates. */
export const validationModes = {
  validate: '0x00',
  moduleEnable: '0x01',
  prep: '0x02',
} as const satisfies Record<string, Hex>;

/** ERC-7579 module type of a validator. */
export const validatorModuleType = 1n;
