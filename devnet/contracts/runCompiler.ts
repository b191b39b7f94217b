import { readFileSync } from 'node:fs';
import { join, normalize, relative } from 'node:path';
import * as v from 'valibot';

/** What the compiler is asked: own sources by name, settings, and the folder that imports of packages come from. */
export interface CompilerInput {
  sources: Record<string, string>;
  settings: object;
  modules: string;
}

const code = v.object({ object: v.string() });
const message = v.object({
  severity: v.string(),
  formattedMessage: v.string(),
  sourceLocation: v.optional(v.object({ file: v.string() })),
});
const messages = v.object({ errors: v.optional(v.array(message), []) });
const contract = v.object({
  abi: v.array(v.unknown()),
  evm: v.object({ bytecode: code, deployedBytecode: code }),
});
const contracts = v.object({ contracts: v.record(v.string(), v.record(v.string(), contract)) });

/**
 * Runs solc on the sources.
 * @returns Reads one contract of the output by source name and contract name.
 * @throws Error with the compiler's errors, and its warnings about own sources.
 */
export async function runCompiler(input: CompilerInput) {
  const { default: solc } = await import('solc');
  const question = {
    language: 'Solidity',
    sources: Object.fromEntries(Object.entries(input.sources).map(([name, content]) => [name, { content }])),
    settings: input.settings,
  };
  const text = solc.compile(JSON.stringify(question), { import: (path) => readImport(input.modules, path) });
  const output: unknown = JSON.parse(text);
  const faults = v
    .parse(messages, output)
    .errors.filter((one) => one.severity === 'error' || (one.sourceLocation?.file ?? '') in input.sources);
  if (faults.length > 0) throw new Error(faults.map((one) => one.formattedMessage).join('\n'));
  const compiled = v.parse(contracts, output).contracts;
  return (source: string, name: string) => {
    const found = compiled[source]?.[name];
    if (found === undefined) throw new Error(`${source} defines no ${name}`);
    return {
      abi: found.abi,
      bytecode: `0x${found.evm.bytecode.object}`,
      deployedBytecode: `0x${found.evm.deployedBytecode.object}`,
    };
  };
}

function readImport(modules: string, path: string) {
  const file = normalize(join(modules, path));
  if (relative(modules, file).startsWith('..')) return { error: `${path} is outside of the packages` };
  try {
    return { contents: readFileSync(file, 'utf8') };
  } catch {
    return { error: `${path} not found` };
  }
}
