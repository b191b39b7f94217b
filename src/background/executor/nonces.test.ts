import { zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { decodeNonce } from '../../protocol/account/nonce';
import { smartSessionAddress } from '../../protocol/constants/addresses';
import { freshNonces } from './nonces';

describe('fresh nonces', () => {
  it('have a random key of their own each, sequence 0 and the validator that signs', () => {
    const hints = [7n, 7n, 7n, 8n, 16_777_214n];
    const nonces = freshNonces(3, smartSessionAddress, () => hints.shift() ?? 0n).map(decodeNonce);
    expect(nonces.map(({ hint }) => hint)).toEqual([7, 8, 16_777_214]);
    for (const { sequence, mode, validator } of nonces) {
      expect({ sequence, mode, validator }).toEqual({
        sequence: 0n,
        mode: '0x00',
        validator: smartSessionAddress,
      });
    }
    expect(freshNonces(1, zeroAddress, () => 5n).map(decodeNonce)).toMatchObject([
      { validator: zeroAddress },
    ]);
  });
});
