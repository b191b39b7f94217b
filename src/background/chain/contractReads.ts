import { ContractAnswerError, type ContractRead } from '../../protocol/contractRead';
import { callContract } from './contractRead';
import type { NetworkClient } from './networkClient';

/** A view call. Undefined when it reverts, when nothing is there to answer, or when the answer can't be read. */
export const readContract = async <T>(
  client: NetworkClient,
  read: ContractRead<T>,
): Promise<T | undefined> => {
  const answer = await callContract(client, read.to, read.data);
  if (answer === undefined) return undefined;
  try {
    return read.decode(answer);
  } catch (error) {
    if (error instanceof ContractAnswerError) return undefined;
    throw error;
  }
};
