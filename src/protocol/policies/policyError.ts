import { ProtocolError } from '../errors';

/** A policy that the contract would refuse, that could never be used, or that would mean something else. */
export class PolicyError extends ProtocolError {
  override name = 'PolicyError';
}
