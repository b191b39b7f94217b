import { type AbiFunction, decodeFunctionData, type Hex, size, slice } from 'viem';
import { parseFunction } from '../../../protocol/actions/parseFunction';
import { functionFacts } from '../../../protocol/scope/functionFacts';
import type { FunctionLabel, ReviewedArgument } from '../../../rpc/popup/reviewParts';

const maxShown = 400;

/** Name of the function that calldata calls, where its selector alone tells it. */
export const labelOf = (data: Hex): FunctionLabel | undefined => {
  const facts = size(data) < 4 ? null : functionFacts(slice(data, 0, 4), null);
  return facts === null ? undefined : { text: facts.signature, source: facts.source };
};

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `(${Object.values(value).map(shown).join(', ')})`;
  return String(value).slice(0, maxShown);
};

const decoded = (item: AbiFunction, data: Hex): readonly unknown[] | undefined => {
  try {
    const { args } = decodeFunctionData({ abi: [item], data });
    return args ?? [];
  } catch {
    return undefined;
  }
};

/** Arguments of a known function, read from its calldata; undefined when they can't be read as such. */
export const argumentsOf = (data: Hex): readonly ReviewedArgument[] | undefined => {
  const label = labelOf(data);
  const item = label && parseFunction(label.text);
  const values = item && decoded(item, data);
  if (!item || !values) return undefined;
  return item.inputs.map(({ name, type }, index) => ({
    ...(name ? { name } : {}),
    type,
    value: shown(values[index]),
  }));
};
