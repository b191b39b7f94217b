import { type Address, formatEther, type Hex } from 'viem';

/** How much attention a sentence needs. `danger` asks for an extra confirmation. */
export type Severity = 'info' | 'notice' | 'warning' | 'danger';

/** A piece of a sentence: text, or a value that the UI formats in its own way. */
export type SentencePart =
  | string
  | { kind: 'amount'; value: bigint; token: Address | 'native' }
  | { kind: 'address'; value: Address }
  | { kind: 'time'; value: number }
  | { kind: 'word'; value: Hex }
  | { kind: 'selector'; value: Hex };

/**
 * One fact in plain words. `parts` lets the UI format amounts, addresses and times;
 * `text` is the same sentence with raw values (token amounts in smallest units, times in UTC).
 */
export type Sentence = { severity: Severity; parts: readonly SentencePart[]; text: string };

/** Builds a sentence from its parts. */
export function sentence(severity: Severity, ...parts: readonly SentencePart[]): Sentence {
  return { severity, parts, text: parts.map(partText).join('') };
}

function partText(part: SentencePart): string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'amount':
      return part.token === 'native'
        ? `${formatEther(part.value)} of the native coin`
        : `${part.value} units of ${part.token}`;
    case 'time':
      return utcText(part.value);
    default:
      return part.value;
  }
}

/** Last second that a Date can hold. */
const lastSecond = 8_640_000_000_000;

function utcText(seconds: number): string {
  if (seconds > lastSecond) return `second ${seconds} of unix time`;
  return new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC');
}
