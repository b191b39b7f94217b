import type { AddressInfo } from 'node:net';
import type { Address, Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { checkAccess } from './access';
import { connectChain, type NodeChain } from './chain';
import type { GasTank } from './gasTank';
import { createRoutes, type RouteKind } from './routes';
import { type Handler, type NodeRequest, startServer, stopServer } from './server';

/**
 * Turns the node hostile: takes an answer that is ready and gives back the one to send. It may wait, throw a
 * `NodeError`, or give `dropAnswer` to cut the connection. What was asked is done all the same.
 */
type Fault = (kind: RouteKind, body: unknown) => unknown | Promise<unknown>;

/** A running node. */
export type MeeNode = {
  /** Base of all paths, ending in `/v1`. */
  url: `http://${string}/v1`;
  address: Address;
  /** Every request that arrived, oldest first. */
  requests: readonly NodeRequest[];
  setFault(fault: Fault | undefined): void;
  /** Frees the port; operations that haven't been sent end as FAILED. */
  stop(): Promise<void>;
};

/**
 * What `startNode` needs. `key` is the node's own account, funded on every chain; port 0 takes any free one; with
 * `apiKey` only requests that carry it are served; with `gasTank` the node is its sponsor's service too.
 */
export type NodeOptions = {
  chains: readonly NodeChain[];
  port: number;
  key: Hex;
  apiKey?: string;
  gasTank?: GasTank;
  faults?: Fault;
};

/**
 * Starts a MEE node for local chains: quotes, executes through `EntryPoint.handleOps` from its own account, and
 * tells the status.
 */
export async function startNode(options: NodeOptions): Promise<MeeNode> {
  const account = privateKeyToAccount(options.key);
  const chains = new Map(options.chains.map((chain) => [chain.chainId, connectChain(chain, account)]));
  const stopping = new AbortController();
  const route = createRoutes({ account, chains }, options, stopping.signal);
  const requests: NodeRequest[] = [];
  let fault = options.faults;

  const handle: Handler = async (request) => {
    requests.push(request);
    checkAccess(request, options.apiKey);
    const { kind, answer } = route(request);
    const body = await answer(request);
    return fault === undefined ? body : fault(kind, body);
  };

  const server = await startServer(options.port, handle);
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/v1`,
    address: account.address,
    requests,
    setFault(next) {
      fault = next;
    },
    async stop() {
      stopping.abort();
      await stopServer(server);
    },
  };
}

const portOf = (bound: string | AddressInfo | null): number =>
  bound !== null && typeof bound === 'object' ? bound.port : 0;
