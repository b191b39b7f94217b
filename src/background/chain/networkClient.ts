import { ProtocolError } from '../../protocol/errors';
import { RpcError } from '../../rpc/errors';
import type { Network } from '../../rpc/popup/procedures';
import { unavailable } from '../errors/rpcErrors';
import { type JsonRpcCall, jsonRpc } from './jsonRpc';

/** A client of one RPC. */
export type NetworkClient = { request(call: JsonRpcCall): Promise<unknown> };

/** Reads one chain by its RPC, once the RPC has said that it serves that chain. */
export type NetworkReader = <T>(read: (client: NetworkClient) => Promise<T>) => Promise<T>;

const wrongChain = (network: Network, got: number) =>
  unavailable({
    reason: 'RPC_WRONG_CHAIN',
    message: `The RPC configured for ${network.name} serves chain ${got} instead of ${network.chainId}.`,
    action: 'Correct the RPC address of this chain in the settings.',
    details: { chainId: network.chainId, got },
  });

const unreachable = (network: Network, cause: unknown) =>
  unavailable({
    reason: 'RPC_UNREACHABLE',
    message: `${network.name} can't be read now.`,
    action: 'Check the network connection and the RPC address in the settings, then try again.',
    details: { chainId: network.chainId },
    cause,
  });

/**
 * Readers of networks, one client per URL. The chain id of an RPC is asked once per URL, beside the first read, and no
 * answer is given out before it is proven right.
 */
export const createNetworkReaders = (fetchFn: typeof fetch) => {
  const clients = new Map<string, NetworkClient>();
  const chainIds = new Map<string, Promise<number>>();

  const clientOf = (url: string): NetworkClient => {
    const known = clients.get(url);
    if (known) return known;
    const client: NetworkClient = { request: (call) => jsonRpc(fetchFn, url, call) };
    clients.set(url, client);
    return client;
  };

  const chainIdOf = (url: string): Promise<number> => {
    const known = chainIds.get(url);
    if (known) return known;
    const asked = clientOf(url).request({ method: 'eth_chainId' }).then(Number);
    chainIds.set(url, asked);
    asked.catch(() => chainIds.delete(url));
    return asked;
  };

  return (network: Network): NetworkReader =>
    async (read) => {
      const client = clientOf(network.rpcUrl);
      const answer = read(client);
      answer.catch(() => undefined);
      const chainId = await chainIdOf(network.rpcUrl).catch((cause) => {
        throw unreachable(network, cause);
      });
      if (chainId !== network.chainId) {
        chainIds.delete(network.rpcUrl);
        throw wrongChain(network, chainId);
      }
      return answer;
    };
};

/** Turns what is thrown when nothing could be read into the typed error; what a decoder says stays as it is. */
export const orUnreachable =
  (network: Network) =>
  (cause: unknown): never => {
    throw cause instanceof ProtocolError || cause instanceof RpcError ? cause : unreachable(network, cause);
  };
