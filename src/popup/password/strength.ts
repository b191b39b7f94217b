/** Shortest password that the vault takes. */
export const shortestPassword = 12;

/** 0 is refused, 4 is strong. */
export type Strength = { level: 0 | 1 | 2 | 3 | 4; hint: string };

const common =
  /password|passwort|letmein|welcome|qwerty|asdf|iloveyou|metamask|bitcoin|ethereum|latchkey|0123|1234|abcd|admin/gi;

/** The password without what adds little: runs of one character and words that everybody tries are counted once. */
function core(password: string): string {
  return password.replace(common, (word) => word.slice(0, 1)).replace(/(.)\1{2,}/gu, '$1$1');
}

function alphabetSize(text: string): number {
  const classes: readonly [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^a-zA-Z\d]/, 33],
  ];
  return classes.reduce((size, [pattern, count]) => (pattern.test(text) ? size + count : size), 0);
}

/** A rough number of bits that a guesser has to try. */
function guessBits(password: string): number {
  const text = core(password);
  const distinct = new Set(text).size;
  const alphabet = Math.min(alphabetSize(text), distinct * 3);
  return alphabet < 2 ? 0 : text.length * Math.log2(alphabet);
}

const levels: readonly { from: number; level: Strength['level']; hint: string }[] = [
  { from: 90, level: 4, hint: 'Strong.' },
  { from: 70, level: 3, hint: 'Good.' },
  { from: 52, level: 2, hint: 'Fair. One or two more words make it much harder to guess.' },
  { from: 0, level: 1, hint: 'Weak. Use four or more unrelated words.' },
];

/** Rates a new password. Only the length is a hard floor; the rest is advice. */
export function passwordStrength(password: string): Strength {
  const length = Array.from(password).length;
  if (length < shortestPassword) {
    const missing = shortestPassword - length;
    return { level: 0, hint: `At least ${shortestPassword} characters: ${missing} more.` };
  }
  const bits = guessBits(password);
  const found = levels.find(({ from }) => bits >= from);
  return { level: found?.level ?? 1, hint: found?.hint ?? '' };
}
