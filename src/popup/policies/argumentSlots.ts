/** One word of the fixed part of a function's calldata. */
export type ArgumentSlot = {
  /** From 1. */
  argument: number;
  /** Field or element inside the argument, as `.1` or `[2]`; empty for the argument itself. */
  path: string;
  type: string;
  /** The word holds a position, not the value. */
  dynamic: boolean;
};

const deepest = 8;
const mostSlots = 256;

/** Splits `a,(b,c)[2],d` at the commas outside brackets. */
function splitTypes(list: string): string[] {
  const types: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < list.length; index += 1) {
    const letter = list[index];
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) {
      types.push(list.slice(start, index));
      start = index + 1;
    }
  }
  const last = list.slice(start);
  return last === '' ? types : [...types, last];
}

const arrayOf = /^(?<element>.+)\[(?<length>\d*)\]$/;
const tupleOf = /^\((?<fields>.*)\)$/;

function isDynamic(type: string): boolean {
  const array = arrayOf.exec(type)?.groups;
  if (array !== undefined) return array.length === '' || isDynamic(array.element ?? '');
  const fields = tupleOf.exec(type)?.groups?.fields;
  if (fields !== undefined) return splitTypes(fields).some(isDynamic);
  return type === 'bytes' || type === 'string';
}

function expand(type: string, argument: number, path: string, depth: number): ArgumentSlot[] {
  if (isDynamic(type) || depth > deepest) return [{ argument, path, type, dynamic: true }];
  const array = arrayOf.exec(type)?.groups;
  if (array !== undefined) {
    const length = Math.min(Number(array.length), mostSlots);
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      expand(array.element ?? '', argument, `${path}[${index}]`, depth + 1),
    );
  }
  const fields = tupleOf.exec(type)?.groups?.fields;
  if (fields !== undefined) {
    return splitTypes(fields).flatMap((field, index) =>
      expand(field, argument, `${path}.${index + 1}`, depth + 1),
    );
  }
  return [{ argument, path, type, dynamic: false }];
}

/** The words in the fixed part of the calldata of `name(type,type)`, in order; none of a bare name. */
export function argumentSlots(signature: string): readonly ArgumentSlot[] {
  const start = signature.indexOf('(') + 1;
  const end = signature.lastIndexOf(')');
  if (start === 0 || end < start) return [];
  return splitTypes(signature.slice(start, end))
    .flatMap((type, index) => expand(type, index + 1, '', 0))
    .slice(0, mostSlots);
}
