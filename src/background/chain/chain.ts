import type { Address, Hex } from 'viem';
import { smartSessionAddress } from '../../protocol/constants/addresses';
import type { MeeVersion } from '../../protocol/constants/versions';
import type { ContractRead } from '../../protocol/contractRead';
import { isPermissionEnabledRead } from '../../protocol/session/reads';
import type { Network } from '../../rpc/popup/settings';
import {
  type AccountIdentity,
  readAccountAddress,
  readCode,
  readIdentity,
  readModuleInstalled,
  readNonce,
} from './accountReads';
import { revertDataOf } from './contractRead';
import { readContract } from './contractReads';
import { type NetworkClient, type NetworkReader, orUnreachable } from './networkClient';
import { readOperation } from './operationReads';
import { readToken, readTokenBalance, type TokenFacts } from './tokenReads';
import {
  type BlockFacts,
  estimateGas,
  type MinedTransaction,
  readBalance,
  readBlock,
  readMined,
  readPriorityFee,
  readTransactionCount,
  sendRawTransaction,
} from './transactionReads';

/** Reads of one chain. Each throws RPC_UNREACHABLE or RPC_WRONG_CHAIN when the chain can't be read. */
export type Chain = {
  network: Network;
  /** Address that the suite's factory gives to this owner's first account (`computeAccountAddress`). */
  accountAddress(owner: Address, version: MeeVersion): Promise<Address>;
  /** Code at an address; `0x` where there is none. */
  code(address: Address): Promise<Hex>;
  hasCode(address: Address): Promise<boolean>;
  identity(account: Address): Promise<AccountIdentity>;
  /** Whether a session module is installed as a validator; false for an account without code. */
  isSmartSessionInstalled(account: Address, module?: Address): Promise<boolean>;
  /** Symbol and decimals of an ERC-20, or of the chain's own coin for the zero address; absent when not told. */
  token(address: Address): Promise<TokenFacts>;
  /** Base units of a token, or wei for the zero address; undefined when the token doesn't answer. */
  balance(token: Address, owner: Address): Promise<bigint | undefined>;
  isPermissionEnabled(permissionId: Hex, account: Address, module?: Address): Promise<boolean>;
  /** EntryPoint `getNonce`: next nonce of a key. */
  nonce(account: Address, key: bigint): Promise<bigint>;
  /** What a transaction did with a user operation, by EntryPoint's event; undefined when it isn't in it (yet). */
  operation(transactionHash: Hex, userOpHash: Hex): Promise<{ success: boolean } | undefined>;
  /** A view call; undefined when it reverts or nothing readable answers. */
  read<T>(read: ContractRead<T>): Promise<T | undefined>;
  /** What a call reverts with; null when it goes through. */
  revertData(to: Address, data: Hex): Promise<Hex | null>;
  /** The newest block, or the one to come where the chain tells of it. */
  block(tag?: 'latest' | 'pending'): Promise<BlockFacts>;
  /** Next nonce of an externally owned address, those in the pool counted. */
  transactionCount(address: Address): Promise<number>;
  /** Wei per gas that the chain advises as a tip. */
  priorityFee(): Promise<bigint>;
  estimateGas(call: { from: Address; to: Address; value: bigint; data: Hex }): Promise<bigint>;
  /** Hands a signed transaction to the chain; the hash that it takes it under. */
  send(raw: Hex): Promise<Hex>;
  /** Undefined while the transaction isn't mined. */
  mined(hash: Hex): Promise<MinedTransaction | undefined>;
};

const nativeDecimals = 18;
const nativeAddress = /^0x0{40}$/;

/** The reads of one network. `known` keeps addresses that never change. */
export const createChain = (network: Network, reader: NetworkReader, known: Map<string, Address>): Chain => {
  const read = <T>(ask: (client: NetworkClient) => Promise<T>): Promise<T> =>
    reader((client) => ask(client).catch(orUnreachable(network)));
  const code = (address: Address) => read((client) => readCode(client, address));
  return {
    network,
    accountAddress: async (owner, version) => {
      const key = `${network.rpcUrl} ${owner} ${version}`;
      const found = known.get(key);
      if (found) return found;
      const address = await read((client) => readAccountAddress(client, owner, version));
      known.set(key, address);
      return address;
    },
    code,
    hasCode: async (address) => (await code(address)) !== '0x',
    identity: (account) => read((client) => readIdentity(client, account)),
    isSmartSessionInstalled: (account, module = smartSessionAddress) =>
      read((client) => readModuleInstalled(client, account, module)),
    token: async (address) =>
      nativeAddress.test(address)
        ? { symbol: network.nativeSymbol, decimals: nativeDecimals }
        : read((client) => readToken(client, address)),
    isPermissionEnabled: async (permissionId, account, smartSession = smartSessionAddress) => {
      const asked = isPermissionEnabledRead({ account, permissionId, smartSession });
      return (await read((client) => readContract(client, asked))) ?? false;
    },
    nonce: (account, key) => read((client) => readNonce(client, account, key)),
    operation: (hash, userOpHash) => read((client) => readOperation(client, hash, userOpHash)),
    read: (asked) => read((client) => readContract(client, asked)),
    revertData: (to, data) => read((client) => revertDataOf(client, to, data)),
    block: (tag) => read((client) => readBlock(client, tag)),
    balance: (token, owner) =>
      read((client) =>
        nativeAddress.test(token) ? readBalance(client, owner) : readTokenBalance(client, token, owner),
      ),
    transactionCount: (address) => read((client) => readTransactionCount(client, address)),
    priorityFee: () => read(readPriorityFee),
    estimateGas: (call) => read((client) => estimateGas(client, call)),
    send: (raw) => read((client) => sendRawTransaction(client, raw)),
    mined: (hash) => read((client) => readMined(client, hash)),
  };
};
