import { toFunctionSelector } from 'viem';
import { expect, it } from 'vitest';
import { compiledContracts } from './compile';
import { contractNames } from './contractNames';

it('gives code and ABI of every contract', async () => {
  const contracts = await compiledContracts();
  for (const name of contractNames) {
    const { abi, bytecode, deployedBytecode } = contracts[name];
    expect(abi.length, name).toBeGreaterThan(0);
    expect(bytecode.length, name).toBeGreaterThan(deployedBytecode.length);
    expect((deployedBytecode.length - 2) / 2, name).toBeLessThanOrEqual(24_576);
  }
});

it.each([
  ['AccountFactory', 'createAccount', '0xea6d13ac'],
  ['Bootstrap', 'initNexusWithDefaultValidatorAndOtherModulesNoRegistry', '0x41bede03'],
  ['Account', 'execute', '0xe9ae5c53'],
  ['Account', 'executeComposable', '0xea5a6d91'],
  ['Account', 'installModule', '0x9517e29f'],
  ['OwnerValidator', 'addSafeSender', '0x5c81ca68'],
  ['SmartSession', 'enableSessions', '0x21712407'],
  ['SmartSession', 'removeSession', '0xf867b08e'],
  ['SmartSession', 'isPermissionEnabled', '0xadbc532f'],
  ['Counter', 'incrementCount', '0xe5071b8e'],
] as const)('%s.%s has the selector %s', async (contract, name, selector) => {
  const { abi } = (await compiledContracts())[contract];
  const found = abi.filter((item) => item.type === 'function').find((item) => item.name === name);
  expect(found && toFunctionSelector(found)).toBe(selector);
});

it.each([
  ['PolicyViolation', '0x3b577361'],
  ['NoPoliciesSet', '0x1c792c05'],
  ['PolicyCheckReverted', '0xf4270752'],
  ['InvalidPermissionId', '0x526d0da5'],
  ['InvalidSelfCall', '0x540733ea'],
] as const)('the error %s of the session module has the selector %s', async (name, selector) => {
  const { abi } = (await compiledContracts()).SmartSession;
  const found = abi.filter((item) => item.type === 'error').find((item) => item.name === name);
  const inputs = found?.inputs.map((input) => input.type).join(',');
  expect(toFunctionSelector(`${name}(${inputs})`)).toBe(selector);
});
