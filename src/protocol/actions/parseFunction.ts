import type { AbiFunction, AbiParameter } from 'viem';

const functionForm = /^(?:function )?([A-Za-z_$][\w$]*)(\(.*)$/;
const tailForm = /^(?: (?:external|public))?(?: (?:pure|view|nonpayable|payable))?(?: returns ?\(.*\))?$/;
const typeForm =
  /^(address|bool|string|bytes(?:[1-9]|[12]\d|3[0-2])?|u?int(?:\d+)?)((?:\[\d*\])*)(?: (.*))?$/;
const tupleRestForm = /^((?:\[\d*\])*)(?: (.*))?$/;
const nameForm = /^(?:(calldata|memory|storage)(?: |$))?([A-Za-z_$][\w$]*)?$/;

/**
 * Reads a function as Solidity writes it, `name(type name, (type, type)[] name)`, with or without `function` in front and
 * modifiers behind, which are not kept. Null for anything else.
 */
export function parseFunction(text: string): AbiFunction | null {
  const [, name, rest] = functionForm.exec(text.trim()) ?? [];
  const list = rest === undefined ? null : takeParentheses(rest);
  if (name === undefined || list === null || !tailForm.test(list.rest)) return null;
  const inputs = parseParameters(list.inner);
  return inputs && { type: 'function', name, inputs, outputs: [], stateMutability: 'nonpayable' };
}

/** What stands between the parenthesis that a text begins with and its partner, and what stands behind. */
function takeParentheses(text: string): { inner: string; rest: string } | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return { inner: text.slice(1, at), rest: text.slice(at + 1) };
  }
  return null;
}

/** Splits at the commas that stand in no parentheses. */
function splitList(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of text) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

function parseParameters(text: string): readonly AbiParameter[] | null {
  if (text.trim() === '') return [];
  const parsed = splitList(text).map((part) => parseParameter(part.trim()));
  const found = parsed.filter((parameter) => parameter !== null);
  return found.length === parsed.length ? found : null;
}

function parseParameter(text: string): AbiParameter | null {
  return text.startsWith('(') ? parseTuple(text) : parseSimple(text);
}

function parseTuple(text: string): AbiParameter | null {
  const list = takeParentheses(text);
  const [matched, arrays = '', words = ''] = (list && tupleRestForm.exec(list.rest)) ?? [];
  const components = list && parseParameters(list.inner);
  if (matched === undefined || !components || components.length === 0) return null;
  return withName({ type: `tuple${arrays}`, components }, words, true);
}

function parseSimple(text: string): AbiParameter | null {
  const [, base, arrays = '', words = ''] = typeForm.exec(text) ?? [];
  if (base === undefined) return null;
  const type = /^u?int$/.test(base) ? `${base}256` : base;
  return hasRealWidth(type) ? withName({ type: type + arrays }, words, arrays !== '' || isLong(type)) : null;
}

/** Integers have a multiple of 8 bits, up to 256. */
function hasRealWidth(type: string): boolean {
  const bits = Number(/^u?int(\d+)$/.exec(type)?.[1] ?? 256);
  return bits >= 8 && bits <= 256 && bits % 8 === 0 && !/int0/.test(type);
}

function isLong(type: string): boolean {
  return type === 'bytes' || type === 'string';
}

/** Only what may be long stands in a data location. */
function withName(parameter: AbiParameter, words: string, mayBeLocated: boolean): AbiParameter | null {
  const [matched, location, name] = nameForm.exec(words) ?? [];
  if (matched === undefined || (location !== undefined && !mayBeLocated)) return null;
  return name === undefined ? parameter : { ...parameter, name };
}
