import type { RpcError } from '../../rpc/errors';
import { cleanText } from '../errors/cleanText';
import { unavailable } from '../errors/rpcErrors';

const maxWords = 300;

/** No answer at all: refused connection, blocked, or too slow. */
export const nodeUnreachable = (cause: unknown): RpcError =>
  unavailable({
    reason: 'NODE_UNREACHABLE',
    message: "The MEE node can't be reached.",
    action: 'Check the network connection and the node address in the settings, then try again.',
    cause,
  });

export const nodeRateLimited = (): RpcError =>
  unavailable({
    reason: 'NODE_RATE_LIMITED',
    message: 'The MEE node takes no more requests for now.',
    action: 'Wait a minute and try again, or set an API key in the settings.',
  });

/** An answer of another shape or size than the protocol's. */
export const nodeMalformed = (cause?: unknown): RpcError =>
  unavailable({
    reason: 'NODE_MALFORMED',
    message: "The MEE node's answer can't be read.",
    action: 'Check that the node address in the settings is the one of a MEE node.',
    cause,
  });

const refusalAction = (words: string): string => {
  if (/insufficient|exceeds balance/i.test(words))
    return 'Add enough of the fee token to the account, then try again.';
  if (/Polic(y|ies)|Permission/.test(words)) return 'Stay inside the permission, or ask for a wider one.';
  return 'Correct what the node complains about, or try again later.';
};

/** The node said no. Its words are quoted, cleaned and capped. */
export const nodeRefused = (status: number, words: string): RpcError => {
  const quoted = cleanText(words, maxWords);
  return unavailable({
    reason: 'NODE_REFUSED',
    message: quoted === '' ? `The MEE node refused (${status}).` : `The MEE node refused: ${quoted}`,
    action: refusalAction(words),
    details: { status, node: quoted },
  });
};

/** The node is broken for now (5xx). */
export const nodeFailing = (status: number, words: string): RpcError =>
  unavailable({
    reason: 'NODE_FAILING',
    message: `The MEE node has a problem (${status}).`,
    action: 'Try again in a minute.',
    details: { status, node: cleanText(words, maxWords) },
  });

/** The sponsor's own service said no. What it says is not shown: whoever runs it may be anybody. */
export const sponsorRefused = (status: number): RpcError =>
  unavailable({
    reason: 'SPONSOR_REFUSED',
    message: `The sponsor of the request refused (${status}).`,
    action: 'Pay the fee in a token, or ask the site to check its sponsorship.',
    details: { status },
  });
