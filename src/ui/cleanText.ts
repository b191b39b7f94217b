const breaking = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
const invisible = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;
const stackedMarks = /(\p{M}{2})\p{M}+/gu;

/**
 * Makes text from a site, token or node safe to show on one line: control, bidi and invisible characters are
 * removed, piles of combining marks are cut to two, and anything over `maxLength` code points ends in an ellipsis.
 */
export function cleanText(text: string, maxLength: number): string {
  const bounded = text.slice(0, maxLength * 8);
  const shown = bounded
    .normalize('NFC')
    .replace(breaking, ' ')
    .replace(invisible, '')
    .replace(stackedMarks, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  const points = Array.from(shown);
  if (points.length <= maxLength && bounded.length === text.length) return shown;
  return `${points.slice(0, maxLength - 1).join('')}…`;
}

const plainSymbol = /^[\x21-\x7e]+$/;

/** A token's own symbol, at most 12 characters. One with letters outside ASCII is put in quotes, since it may imitate another. */
export function cleanSymbol(symbol: string | undefined): string | undefined {
  if (symbol === undefined) return undefined;
  const shown = cleanText(symbol, 12);
  if (shown === '') return undefined;
  return plainSymbol.test(shown) ? shown : `“${shown}”`;
}
