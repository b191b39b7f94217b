import { type Address, isAddress, isAddressEqual } from 'viem';
import type { NodeChain, NodeContext } from './chain';
import { watchTrigger } from './confirmTrigger';
import { execute } from './execute';
import { type Execution, startExecution, wireExecution } from './execution';
import { freeNonce, type GasTank, sponsorQuote } from './gasTank';
import { describeNode } from './info';
import { NodeError } from './nodeError';
import type { QuotePath } from './offer';
import { buildQuote } from './quote';
import type { NodeRequest } from './server';
import { readSubmission } from './submission';
import { type Supertransaction, wireSupertransaction } from './supertransaction';
import { parseExecRequest } from './wire';

/** The things that the node answers; the last two as the service of its gas tank's sponsor. */
export type RouteKind = 'info' | 'quote' | 'exec' | 'explorer' | 'sponsorshipNonce' | 'sponsorshipSign';

type Route = { kind: RouteKind; answer(request: NodeRequest): Promise<unknown> };

/** Reads `/sponsorship/{what}/{chainId}/{account}`. */
function readPlace(path: string): [number, Address] {
  const [chainId = '', account = ''] = path.split('/').slice(3);
  if (/^\d+$/.test(chainId) && isAddress(account, { strict: false })) return [Number(chainId), account];
  throw new NodeError(400, `${path} names no chain and account.`);
}

/**
 * The node's routes over its own memory of quotes and executions. A quote is executed once, however often it is
 * handed in.
 *
 * @returns finds the route of a request, or throws NodeError 404
 */
export function createRoutes(
  context: NodeContext,
  { chains, gasTank }: { chains: readonly NodeChain[]; gasTank?: GasTank },
  stopped: AbortSignal,
) {
  const quotes = new Map<string, Supertransaction>();
  const executions = new Map<string, Execution>();

  const quoteAt =
    (path: QuotePath) =>
    async ({ body }: NodeRequest) => {
      const supertransaction = await buildQuote(context, body, path);
      const { hash } = supertransaction;
      quotes.set(hash, supertransaction);
      watchTrigger(supertransaction, context, { isDone: () => executions.has(hash), stopped });
      return wireSupertransaction(supertransaction);
    };

  const exec = async ({ body }: NodeRequest) => {
    const request = parseExecRequest(body);
    const hash = request.hash.toLowerCase();
    const supertransaction = quotes.get(hash);
    if (supertransaction === undefined)
      throw new NodeError(400, `No quote of this node has the hash ${hash}.`);
    const submission = await readSubmission(context, supertransaction, request);
    if (!executions.has(hash)) {
      const execution = startExecution(supertransaction);
      executions.set(hash, execution);
      void execute({ execution, submission, chains: context.chains, stopped });
    }
    return { hash: supertransaction.hash };
  };

  const explorer = async ({ path }: NodeRequest) => {
    const hash = path.slice('/explorer/'.length).toLowerCase();
    const execution = executions.get(hash);
    if (execution === undefined)
      throw new NodeError(404, `No supertransaction with the hash ${hash} was executed.`);
    return wireExecution(execution);
  };

  const sponsorshipNonce = async ({ path }: NodeRequest) => {
    const [chainId, account] = readPlace(path);
    return freeNonce(context, chainId, account);
  };

  const sponsorshipSign = async ({ path, body }: NodeRequest) => {
    const [chainId, account] = readPlace(path);
    if (gasTank === undefined || gasTank.chainId !== chainId || !isAddressEqual(gasTank.address, account)) {
      throw new NodeError(404, `There is no gas tank ${account} on chain ${chainId} here.`);
    }
    return sponsorQuote(gasTank, body, (hash) => quotes.get(hash.toLowerCase()));
  };

  const info = async () => describeNode(context.account.address, chains);

  return ({ method, path }: NodeRequest): Route => {
    if (method === 'GET' && path === '/info') return { kind: 'info', answer: info };
    if (method === 'POST' && path === '/quote') return { kind: 'quote', answer: quoteAt('quote') };
    if (method === 'POST' && path === '/quote-permit')
      return { kind: 'quote', answer: quoteAt('quote-permit') };
    if (method === 'POST' && path === '/exec') return { kind: 'exec', answer: exec };
    if (method === 'GET' && path.startsWith('/explorer/')) return { kind: 'explorer', answer: explorer };
    if (method === 'GET' && path.startsWith('/sponsorship/nonce/'))
      return { kind: 'sponsorshipNonce', answer: sponsorshipNonce };
    if (method === 'POST' && path.startsWith('/sponsorship/sign/'))
      return { kind: 'sponsorshipSign', answer: sponsorshipSign };
    throw new NodeError(404, `Nothing is served at ${method} /v1${path}.`);
  };
}
