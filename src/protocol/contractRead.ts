import type { Address, Hex } from 'viem';
import { ProtocolError } from './errors';

/** A view call: where to send it, its calldata, and how to read the answer. */
export type ContractRead<T> = {
  to: Address;
  data: Hex;
  /** @throws ContractAnswerError for an answer of another shape, such as that of an address without code */
  decode(answer: Hex): T;
};

/** An answer of a chain that can't be read as what was asked. Code `CONTRACT_ANSWER`. */
export class ContractAnswerError extends ProtocolError {}

/** A view call whose unreadable answers become typed errors. */
export function contractRead<T>(to: Address, data: Hex, read: (answer: Hex) => T): ContractRead<T> {
  return { to, data, decode: (answer) => readAnswer(answer, read) };
}

function readAnswer<T>(answer: Hex, read: (answer: Hex) => T): T {
  try {
    return read(answer);
  } catch (cause) {
    throw new ContractAnswerError('CONTRACT_ANSWER', {
      shortMessage: 'The chain gave an answer that does not fit the question.',
      details: answer.slice(0, 138),
      action: 'Check that the contract is deployed on this chain and that its RPC address is right.',
      cause,
    });
  }
}
