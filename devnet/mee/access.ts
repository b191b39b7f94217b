import { NodeError } from './nodeError';
import type { NodeRequest } from './server';

/**
 * Turns away requests without the node's API key. A sponsor's own paths take no key.
 *
 * @param apiKey none lets everybody in
 * @throws NodeError 401
 */
export function checkAccess({ path, apiKey: given }: NodeRequest, apiKey: string | undefined): void {
  if (apiKey === undefined || given === apiKey || path.startsWith('/sponsorship/')) return;
  const problem = given === undefined ? 'x-api-key is missing' : 'x-api-key is not known';
  throw new NodeError(401, `Unauthorized: ${problem}.`);
}
