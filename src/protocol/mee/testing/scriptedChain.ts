import {
  type Address,
  custom,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionResult,
  type Hex,
  multicall3Abi,
  numberToHex,
  parseAbi,
  parseAbiParameters,
} from 'viem';
import { meeVersions } from '../../constants/versions';

const abi = parseAbi([
  'function accountId() view returns (string)',
  'function computeAccountAddress(bytes initData, bytes32 salt) view returns (address)',
  'function getNonce(address sender, uint192 key) view returns (uint256)',
  'function isModuleInstalled(uint256 moduleType, address module, bytes context) view returns (bool)',
  'function decimals() view returns (uint8)',
  'function balanceOf(address account) view returns (uint256)',
  'function nonces(address owner) view returns (uint256)',
  'function name() view returns (string)',
  'function DOMAIN_SEPARATOR() view returns (bytes32)',
]);

/** What a scripted chain answers. */
export type ChainFacts = {
  account: Address;
  deployed: boolean;
  installed: boolean;
  transactionCount: number;
  /** Balance of whoever is asked about. */
  balance: bigint;
  /** Name and separator of tokens that know permits; without it they know none. */
  permit: { name: string; separator: Hex } | null;
};

class Reverted extends Error {
  readonly code = 3;
}

const answerOf = (facts: ChainFacts, data: Hex): Hex => {
  const { functionName, args } = decodeFunctionData({ abi, data });
  switch (functionName) {
    case 'accountId':
      return encodeFunctionResult({ abi, functionName, result: meeVersions['2.0.0'].accountId });
    case 'computeAccountAddress':
      return encodeFunctionResult({ abi, functionName, result: facts.account });
    case 'getNonce':
      return encodeFunctionResult({ abi, functionName, result: args[1] << 64n });
    case 'isModuleInstalled':
      return encodeFunctionResult({ abi, functionName, result: facts.installed });
    case 'decimals':
      return encodeFunctionResult({ abi, functionName, result: 6 });
    case 'balanceOf':
      return encodeFunctionResult({ abi, functionName, result: facts.balance });
    default:
      break;
  }
  if (facts.permit === null) throw new Reverted('execution reverted');
  const { name, separator } = facts.permit;
  if (functionName === 'nonces') return encodeFunctionResult({ abi, functionName, result: 0n });
  return functionName === 'name'
    ? encodeAbiParameters(parseAbiParameters('string'), [name])
    : encodeAbiParameters(parseAbiParameters('bytes32'), [separator]);
};

const tryAnswer = (facts: ChainFacts, data: Hex): { success: boolean; returnData: Hex } => {
  try {
    return { success: true, returnData: answerOf(facts, data) };
  } catch {
    return { success: false, returnData: '0x' };
  }
};

const callOf = (facts: ChainFacts, data: Hex): Hex => {
  if (!data.startsWith('0x82ad56cb')) return answerOf(facts, data);
  const { functionName, args } = decodeFunctionData({ abi: multicall3Abi, data });
  if (functionName !== 'aggregate3') throw new Reverted('execution reverted');
  const results = args[0].map(({ callData }) => tryAnswer(facts, callData));
  return encodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', result: results });
};

/** A transport that answers the reads of a client from facts, without a network. */
export const scriptedChain = (chainId: number, facts: () => ChainFacts) =>
  custom(
    {
      request: async ({ method, params }: { method: string; params: readonly [{ data: Hex }] }) => {
        switch (method) {
          case 'eth_chainId':
            return numberToHex(chainId);
          case 'eth_getCode':
            return facts().deployed ? '0x6001' : '0x';
          case 'eth_getTransactionCount':
            return numberToHex(facts().transactionCount);
          case 'eth_call':
            return callOf(facts(), params[0].data);
          default:
            throw new TypeError(`The scripted chain does not know ${method}.`);
        }
      },
    },
    { retryCount: 0 },
  );
