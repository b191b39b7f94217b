import type { NodeChain } from './chain';
import { execute } from './execute';
import { type Execution, startExecution, wireExecution } from './execution';
import { describeNode } from './info';
import { NodeError } from './nodeError';
import { buildQuote, type NodeContext } from './quote';
import type { NodeRequest } from './server';
import { readSimpleSignature } from './signature';
import { type Supertransaction, wireSupertransaction } from './supertransaction';
import { parseExecRequest } from './wire';

/** The four things that the node answers. */
export type RouteKind = 'info' | 'quote' | 'exec' | 'explorer';

type Route = { kind: RouteKind; answer(request: NodeRequest): Promise<unknown> };

/**
 * The node's routes over its own memory of quotes and executions. A quote is executed once, however often it is
 * handed in.
 *
 * @returns finds the route of a request, or throws NodeError 404
 */
export function createRoutes(context: NodeContext, chains: readonly NodeChain[], stopped: AbortSignal) {
  const quotes = new Map<string, Supertransaction>();
  const executions = new Map<string, Execution>();

  const quote = async ({ body }: NodeRequest) => {
    const supertransaction = await buildQuote(context, body);
    quotes.set(supertransaction.hash, supertransaction);
    return wireSupertransaction(supertransaction);
  };

  const exec = async ({ body }: NodeRequest) => {
    const request = parseExecRequest(body);
    const hash = request.hash.toLowerCase();
    const supertransaction = quotes.get(hash);
    if (supertransaction === undefined)
      throw new NodeError(400, `No quote of this node has the hash ${hash}.`);
    const signature = readSimpleSignature(request.signature);
    if (!executions.has(hash)) {
      const execution = startExecution(supertransaction);
      executions.set(hash, execution);
      void execute({ execution, signature, chains: context.chains, stopped });
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

  const info = async () => describeNode(context.account.address, chains);

  return ({ method, path }: NodeRequest): Route => {
    if (method === 'GET' && path === '/info') return { kind: 'info', answer: info };
    if (method === 'POST' && path === '/quote') return { kind: 'quote', answer: quote };
    if (method === 'POST' && path === '/exec') return { kind: 'exec', answer: exec };
    if (method === 'GET' && path.startsWith('/explorer/')) return { kind: 'explorer', answer: explorer };
    throw new NodeError(404, `Nothing is served at ${method} /v1${path}.`);
  };
}
