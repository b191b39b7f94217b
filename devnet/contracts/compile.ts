import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Abi, Hex } from 'viem';
import { isHex } from 'viem';
import { type ContractName, contractNames, contractSources } from './contractNames';
import { runCompiler } from './runCompiler';

/** A compiled contract: its ABI, creation code and runtime code (immutables left as zeros). */
export interface CompiledContract {
  abi: Abi;
  bytecode: Hex;
  deployedBytecode: Hex;
}

export type CompiledContracts = Record<ContractName, CompiledContract>;

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const sourceFolder = join(here, 'src');
const cacheFolder = join(root, '.cache', 'contracts');
const packages = ['solc', 'solady', '@openzeppelin/contracts', '@account-abstraction/contracts'];

const outputs = ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'];

const settings = {
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 200 },
  metadata: { bytecodeHash: 'none' },
  outputSelection: Object.fromEntries(Object.values(contractSources).map((file) => [file, { '*': outputs }])),
};

const hex = v.custom<Hex>((value) => isHex(value), 'expected hex data');
const stored = v.object(
  v.entriesFromList(
    contractNames,
    v.object({ abi: v.custom<Abi>(Array.isArray, 'expected an ABI'), bytecode: hex, deployedBytecode: hex }),
  ),
);

let loading: Promise<CompiledContracts> | undefined;

/**
 * The contracts of the local network, compiled. The result is kept in `.cache/contracts` under a hash of sources,
 * settings and package versions; without it the compiler runs (tens of seconds).
 * @throws Error with the compiler's messages when a source does not compile.
 */
export function compiledContracts(): Promise<CompiledContracts> {
  loading ??= loadOrCompile();
  return loading;
}

async function loadOrCompile(): Promise<CompiledContracts> {
  const sources = await readSources();
  const file = join(cacheFolder, `${await fingerprint(sources)}.json`);
  const cached = await readFile(file, 'utf8').catch(() => undefined);
  if (cached !== undefined) return v.parse(stored, JSON.parse(cached));
  const output = await runCompiler({ sources, settings, modules: join(root, 'node_modules') });
  const contracts = v.parse(
    stored,
    Object.fromEntries(contractNames.map((name) => [name, output(contractSources[name], name)])),
  );
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify(contracts));
  await rename(`${file}.${process.pid}`, file);
  return contracts;
}

async function readSources(): Promise<Record<string, string>> {
  const entries = await readdir(sourceFolder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sol'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(files.map((file, index) => [relative(sourceFolder, file), texts[index] ?? '']));
}

async function fingerprint(sources: Record<string, string>): Promise<string> {
  const versions = await Promise.all(
    packages.map((name) => readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')),
  );
  const input = JSON.stringify([sources, settings, versions]);
  return createHash('sha256').update(input).digest('hex').slice(0, 32);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = Date.now();
  const contracts = await compiledContracts();
  for (const name of contractNames) {
    console.log(`${name.padEnd(22)} ${(contracts[name].deployedBytecode.length - 2) / 2} bytes`);
  }
  console.log(`${contractNames.length} contracts in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
