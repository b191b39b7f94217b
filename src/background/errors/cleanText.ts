const control = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]+/gu;

/**
 * Words of somebody else (a node, a token) made safe to show: control, bidi and invisible characters out, white space
 * collapsed, capped.
 * @param limit longest result in UTF-16 units
 */
export const cleanText = (text: string, limit: number): string => {
  const clean = text.replace(control, ' ').replace(/\s+/gu, ' ').trim();
  return clean.length <= limit ? clean : `${clean.slice(0, limit - 1).trimEnd()}…`;
};
