/** What people put into passwords most often. Any of it costs a guesser next to nothing. */
const common =
  'password passwort passw0rd letmein welcome qwerty qwertz azerty admin administrator login master dragon monkey ' +
  'football baseball sunshine princess superman batman shadow iloveyou trustno1 starwars whatever freedom secret ' +
  'changeme default test testing guest user hello summer winter spring autumn monday january love money ' +
  'wallet crypto bitcoin ethereum metamask latchkey biconomy nexus satoshi hodl blockchain account';

const commonWords = common.split(' ').sort((a, b) => b.length - a.length);

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
];
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')]);

const patternBits = 6;
const repeatBits = 2;

/** Letters are counted as words, which hold far less than random letters do. */
const bitsOf = (character: string): number => {
  if (/\p{Ll}/u.test(character)) return 2.6;
  if (/\p{Lu}/u.test(character)) return 3.6;
  if (/\p{Nd}/u.test(character)) return 3.3;
  return /[\s._-]/.test(character) ? 1 : 5;
};

/** How much of `text` from `start` a cheap pattern covers, and what that pattern costs; undefined when none does. */
const patternAt = (text: string, start: number): { length: number; bits: number } | undefined => {
  const rest = text.slice(start);
  const repeated = repeatLength(text, start);
  if (repeated >= 3) return { length: repeated, bits: repeatBits };
  const word = commonWords.find((candidate) => rest.startsWith(candidate));
  if (word !== undefined) return { length: word.length, bits: patternBits };
  const year = /^(?:19|20)\d\d/.exec(rest);
  if (year !== null) return { length: 4, bits: patternBits };
  const run = runLength(rest);
  return run >= 3 ? { length: run, bits: patternBits } : undefined;
};

/** Length of the longest piece from `start` that stands earlier in the text already. */
const repeatLength = (text: string, start: number): number => {
  const before = text.slice(0, start);
  let length = 0;
  while (start + length < text.length && before.includes(text.slice(start, start + length + 1))) length += 1;
  const same = /^(.)\1+/u.exec(text.slice(Math.max(0, start - 1)));
  return Math.max(length, start > 0 && same !== null ? same[0].length - 1 : 0);
};

const runLength = (rest: string): number => {
  let length = 0;
  while (length < rest.length && runs.some((run) => run.includes(rest.slice(0, length + 1)))) length += 1;
  return length;
};

/** A careful estimate of the bits that a guesser who knows the usual habits needs for this text. */
export const guessBits = (text: string): number => {
  const lower = text.toLowerCase();
  let bits = 0;
  let at = 0;
  while (at < text.length) {
    const pattern = patternAt(lower, at);
    bits += pattern?.bits ?? bitsOf(text[at] ?? '');
    at += pattern?.length ?? 1;
  }
  return bits;
};
