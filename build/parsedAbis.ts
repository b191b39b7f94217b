import { parseAbi, parseAbiParameters } from 'viem';
import type { Plugin } from 'vite';

type Node = { type: string; start: number; end: number };
type Texts = readonly string[];

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;

/** Every node below a value, itself included, from the outside in. */
function* nodesOf(value: unknown): Generator<Node> {
  if (isNode(value)) yield value;
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) yield* nodesOf(part);
}

const hasName = (value: unknown): value is { name: string } =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';

/** The texts that a literal, a list of them or a constant list of them stands for; undefined for anything else. */
const textsOf = (node: unknown, constants: ReadonlyMap<string, unknown>): Texts | undefined => {
  if (!isNode(node)) return undefined;
  if ('value' in node && typeof node.value === 'string') return [node.value];
  if ('elements' in node && Array.isArray(node.elements)) {
    const lists = node.elements.map((element: unknown) => textsOf(element, constants));
    return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
  }
  if (node.type === 'SpreadElement' && 'argument' in node) return textsOf(node.argument, constants);
  return hasName(node) ? textsOf(constants.get(node.name), constants) : undefined;
};

const parsers: Record<string, (texts: Texts) => unknown> = {
  parseAbi: (texts) => parseAbi(texts),
  parseAbiParameters: (texts) => parseAbiParameters(texts),
};

/** Reads the ABIs that the sources have in words when it builds, so that no parser of them is in the bundle. */
export const parsedAbis = (): Plugin => ({
  name: 'parsed-abis',
  transform: {
    filter: { id: /\/src\/.*\.tsx?$/, code: /\bparseAbi(Parameters)?\(/ },
    handler(code) {
      const nodes = [...nodesOf(this.parse(code))];
      const constants = new Map(
        nodes.flatMap((node) =>
          node.type === 'VariableDeclarator' && 'id' in node && hasName(node.id) && 'init' in node
            ? [[node.id.name, node.init] as const]
            : [],
        ),
      );
      let built = code;
      for (const node of nodes.toReversed()) {
        if (node.type !== 'CallExpression' || !('callee' in node) || !hasName(node.callee)) continue;
        const parse = parsers[node.callee.name];
        if (parse === undefined) continue;
        const texts = textsOf(
          'arguments' in node && Array.isArray(node.arguments) && node.arguments[0],
          constants,
        );
        if (texts === undefined) this.error('An ABI must be written as constant text.', node.start);
        built = built.slice(0, node.start) + JSON.stringify(parse(texts)) + built.slice(node.end);
      }
      return { code: built, map: null };
    },
  },
});
