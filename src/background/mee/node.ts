import type { Hex } from 'viem';
import { decodeJson, encodeJson } from '../../protocol/mee/codec';
import { type QuoteRequest, quotePath } from '../../protocol/mee/quoteRequest';
import {
  type ExplorerResponse,
  type InfoResponse,
  parseExecResponse,
  parseExplorerResponse,
  parseInfoResponse,
  parseQuoteResponse,
  type QuoteResponse,
} from '../../protocol/mee/quoteResponse';
import {
  parseSponsorNonce,
  type Sponsor,
  sponsorNonceUrl,
  sponsorSignUrl,
} from '../../protocol/mee/sponsorship';
import { hasReason } from '../errors/rpcErrors';
import { withRetries } from '../http/retry';
import { exchange } from './http';
import { nodeFailing, nodeMalformed, nodeRateLimited, nodeRefused, sponsorRefused } from './nodeErrors';
import { wordsOf } from './nodeWords';

const readTimeoutMs = 15_000;
const writeTimeoutMs = 60_000;
const infoSeconds = 300;

/** The MEE node over HTTP. Nothing it says is trusted; answers have the right shape, no more. */
export type MeeNode = {
  /** Cached for some minutes. */
  info(): Promise<InfoResponse>;
  quote(request: QuoteRequest): Promise<QuoteResponse>;
  /**
   * Sends a signed body once. After NODE_UNREACHABLE, NODE_FAILING or NODE_MALFORMED it may have been accepted: ask
   * `explorer` before sending again.
   */
  exec(body: string): Promise<{ hash: Hex }>;
  /** The state of a supertransaction, or undefined when the node doesn't know it. */
  explorer(hash: Hex): Promise<ExplorerResponse | undefined>;
  /** Nonce of a sponsor's payment, from the sponsor's own service. */
  sponsorNonce(sponsor: Sponsor): Promise<bigint>;
  /** The node's quote with the payment signed by the sponsor's own service. */
  sponsorSign(sponsor: Sponsor, quote: QuoteResponse): Promise<QuoteResponse>;
};

type Call = { path: string; method: 'GET' | 'POST'; body?: string; timeoutMs: number };

const refusalOf = (status: number, body: string) => {
  const words = wordsOf(body);
  if (status === 429) return nodeRateLimited();
  return status >= 500 && !/AA\d\d|revert/i.test(words)
    ? nodeFailing(status, words)
    : nodeRefused(status, words);
};

const read = <T>(body: string, parse: (json: unknown) => T): T => {
  try {
    return parse(decodeJson(body));
  } catch (cause) {
    throw nodeMalformed(cause);
  }
};

export const createMeeNode = (parts: {
  endpoint: () => Promise<{ nodeUrl: string; nodeApiKey?: string }>;
  fetch: typeof fetch;
  /** Unix seconds. */
  now: () => number;
}): MeeNode => {
  let cachedInfo: { url: string; until: number; info: InfoResponse } | undefined;

  const call = async ({ path, method, body, timeoutMs }: Call) => {
    const { nodeUrl, nodeApiKey } = await parts.endpoint();
    const headers = {
      'Content-Type': 'application/json',
      ...(nodeApiKey === undefined ? {} : { 'x-api-key': nodeApiKey }),
    };
    const url = `${nodeUrl.replace(/\/+$/, '')}/${path}`;
    return exchange(parts.fetch, {
      url,
      method,
      headers,
      timeoutMs,
      ...(body === undefined ? {} : { body }),
    });
  };

  const callOk = async (request: Call): Promise<string> => {
    const { status, body } = await call(request);
    if (status >= 200 && status < 300) return body;
    throw refusalOf(status, body);
  };

  /** What executes nothing may be asked again by a node that limits its callers. */
  const callPatiently = (request: Call): Promise<string> =>
    withRetries(
      () => callOk(request),
      (error) => hasReason(error, 'NODE_RATE_LIMITED'),
    );

  /** A sponsor's service gets no key of the node's, and its words stay unheard. */
  const callSponsor = async (url: string, body?: string): Promise<string> => {
    const answer = await exchange(parts.fetch, {
      url,
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'Content-Type': 'application/json' },
      timeoutMs: readTimeoutMs,
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw sponsorRefused(answer.status);
  };

  return {
    info: async () => {
      const { nodeUrl } = await parts.endpoint();
      if (cachedInfo && cachedInfo.url === nodeUrl && cachedInfo.until > parts.now()) return cachedInfo.info;
      const info = read(
        await callPatiently({ path: 'info', method: 'GET', timeoutMs: readTimeoutMs }),
        parseInfoResponse,
      );
      cachedInfo = { url: nodeUrl, until: parts.now() + infoSeconds, info };
      return info;
    },
    quote: async (request) => {
      const body = encodeJson(request);
      return read(
        await callPatiently({ path: quotePath(request), method: 'POST', body, timeoutMs: writeTimeoutMs }),
        parseQuoteResponse,
      );
    },
    exec: async (body) =>
      read(
        await callOk({ path: 'exec', method: 'POST', body, timeoutMs: writeTimeoutMs }),
        parseExecResponse,
      ),
    sponsorNonce: async (sponsor) => read(await callSponsor(sponsorNonceUrl(sponsor)), parseSponsorNonce),
    sponsorSign: async (sponsor, quote) =>
      read(await callSponsor(sponsorSignUrl(sponsor), encodeJson(quote)), parseQuoteResponse),
    explorer: async (hash) => {
      const answer = await call({ path: `explorer/${hash}`, method: 'GET', timeoutMs: readTimeoutMs });
      if (answer.status === 404) return undefined;
      if (answer.status < 200 || answer.status >= 300) throw refusalOf(answer.status, answer.body);
      return read(answer.body, parseExplorerResponse);
    },
  };
};
