import { type Address, getAddress, isAddress } from 'viem';
import { ProtocolError } from './errors';

/** A text that was given as an address and is none, or whose checksum (ERC-55) is wrong. Code `INVALID_ADDRESS`. */
export class AddressError extends ProtocolError {
  readonly field: string;

  constructor(field: string, got: string) {
    super('INVALID_ADDRESS', {
      shortMessage: `The ${field} is not a valid address.`,
      details: `Got ${got.slice(0, 80)}.`,
      action: 'Give 20 bytes as hex, either in one letter case or with a correct ERC-55 checksum.',
    });
    this.field = field;
  }
}

const oneCase = /^0x(?:[0-9a-f]{40}|[0-9A-F]{40})$/;

/**
 * Reads an address and returns it checksummed. Mixed case must carry the right ERC-55 checksum;
 * all-lower and all-upper case are accepted.
 * @param field what the address is for, used in the message (`recipient`, `token`)
 * @throws AddressError
 */
export function parseAddress(value: string, field: string): Address {
  const normal = oneCase.test(value) ? `0x${value.slice(2).toLowerCase()}` : value;
  if (!isAddress(normal)) throw new AddressError(field, value);
  return getAddress(normal);
}

/** Whether two addresses are the same account, whatever their letter case. */
export function sameAddress(left: Address, right: Address): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
