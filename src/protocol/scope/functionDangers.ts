import type { Hex } from 'viem';
import { nativeTransferSelector } from '../constants/modes';
import { type Danger, danger } from './danger';
import type { FunctionFacts } from './functionFacts';
import type { RuleFacts } from './ruleFacts';

/** Functions that make calls which no rule of the permission sees: multicalls and routers with command lists. */
const nesting: readonly Hex[] = [
  '0xac9650d8',
  '0x5ae401dc',
  '0x252dba42',
  '0x82ad56cb',
  '0x174dea71',
  '0xbce38bd7',
  '0x24856bc3',
  '0x3593564c',
];

/** Functions that change who controls a contract or what code it runs. */
const controlling: readonly Hex[] = [
  '0xf2fde38b',
  '0x715018a6',
  '0x2f2ff15d',
  '0xd547741f',
  '0x8f283970',
  '0x3659cfe6',
  '0x4f1ef286',
];

/** Dangers of what a function is said to be. */
export function functionDangers(
  selector: Hex,
  claim: string | null,
  facts: FunctionFacts | null,
): readonly Danger[] {
  const own = selector.toLowerCase();
  const found: Danger[] = [];
  if (facts === null && own !== nativeTransferSelector) {
    const text = 'It is not known what this function does.';
    found.push(danger('UNKNOWN_FUNCTION', 'warning', text));
  }
  if (claim !== null && (facts === null || facts.isDisputed)) {
    const text = 'The site says that this is another function than its selector tells.';
    found.push(danger('CLAIM_FALSE', 'danger', text));
  }
  if (nesting.some((known) => known === own)) {
    found.push(danger('NESTED_CALLS', 'danger', 'This function makes further calls, which no rule limits.'));
  }
  if (controlling.some((known) => known === own)) {
    const text = 'This function changes who controls the contract or what it does.';
    found.push(danger('CONTRACT_CONTROL', 'danger', text));
  }
  return found;
}

/** Dangers of rules that don't limit what they seem to. */
export function ruleDangers(rules: readonly RuleFacts[]): readonly Danger[] {
  return rules.flatMap((facts) => {
    const text = problemText(facts);
    return text === null ? [] : [danger('RULE_MISLEADING', 'warning', `Rule ${facts.rule + 1} ${text}`)];
  });
}

function problemText({ problem, argument, offset }: RuleFacts): string | null {
  switch (problem) {
    case 'misaligned':
      return `reads across two words (byte ${offset}), so it limits no argument.`;
    case 'outside':
      return `reads behind the arguments (byte ${offset}), where the contract reads nothing.`;
    case 'pointer':
      return `reads the position of ${argument}, not its value, and the caller chooses the position.`;
    case 'signed':
      return `compares ${argument} as if it could not be negative.`;
    case null:
      return null;
  }
}
