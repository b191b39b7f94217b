import { passed } from './check';
import type { SudoPolicy } from './policy';
import type { PolicyModule } from './policyModule';
import { sentence } from './sentence';

/** The sudo policy contract: it passes every call and reads no configuration. */
export const sudoPolicy: PolicyModule<SudoPolicy> = {
  type: 'sudo',
  encode: () => '0x',
  decode: () => ({ type: 'sudo' }),
  validate: () => undefined,
  check: () => passed,
  describe: () => [
    sentence('danger', 'This policy limits nothing: any arguments, any amount, any number of times.'),
  ],
};
