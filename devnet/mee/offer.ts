import { zeroAddress } from 'viem';
import { NodeError } from './nodeError';
import type { QuoteRequest } from './wire';

const servedVersions = new Set(['2.0.0', '2.1.0', '2.2.1']);

/** Where a quote was asked for: `quote-permit` takes the fee from the owner's own address. */
export type QuotePath = 'quote' | 'quote-permit';

/** Whether the owner signs typed data instead of a root: simple mode from MEE 2.2.1 on. */
export const isTyped = ({ quoteType, meeVersions }: QuoteRequest): boolean =>
  quoteType === 'simple' && meeVersions.some(({ version }) => version.version === '2.2.1');

function checkVersions(request: QuoteRequest): void {
  const { quoteType, meeVersions } = request;
  const unknown = meeVersions.find(({ version }) => !servedVersions.has(version.version));
  if (unknown) throw new NodeError(400, `MEE version ${unknown.version.version} is not served by this node.`);
  const newer = meeVersions.filter(({ version }) => version.version === '2.2.1').length;
  if (quoteType === 'simple' && newer !== 0 && newer !== meeVersions.length) {
    throw new NodeError(400, 'MEE 2.2.1 and older versions can not be signed together.');
  }
}

function checkTrigger({ quoteType, trigger, paymentInfo }: QuoteRequest, path: QuotePath): void {
  if (quoteType === 'permit' && path === 'quote') {
    throw new NodeError(400, 'Quote type permit is given at quote-permit only.');
  }
  if (quoteType === 'simple' && trigger !== undefined) {
    throw new NodeError(400, 'A trigger is no part of a simple quote.');
  }
  if (quoteType === 'permit' && (trigger === undefined || trigger.tokenAddress === zeroAddress)) {
    throw new NodeError(400, 'A permit needs a trigger with its token.');
  }
  if (trigger !== undefined && paymentInfo.eoa === undefined) {
    throw new NodeError(400, 'paymentInfo.eoa is missing: a trigger needs to know whose tokens it moves.');
  }
}

/**
 * Refuses what this node doesn't do, before it reads any chain.
 *
 * @throws NodeError 400
 */
export function checkOffer(request: QuoteRequest, path: QuotePath): void {
  checkVersions(request);
  checkTrigger(request, path);
  const late = request.userOps.findIndex((op) => op.upperBoundTimestamp < op.lowerBoundTimestamp);
  if (late >= 0) throw new NodeError(400, `userOps[${late}]: the upper time bound is before the lower one.`);
}
