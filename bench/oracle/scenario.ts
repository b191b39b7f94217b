import fc, { type Arbitrary } from 'fast-check';
import { type Address, concatHex, type Hex, size, slice } from 'viem';
import type { Call } from '../../src/protocol/actions/call';
import { selectors } from '../../src/protocol/constants/selectors';
import type { Policy } from '../../src/protocol/policies/policy';
import { toWord } from '../../src/protocol/word';
import { anyPolicy, startTime } from './policyArbitrary';
import { alice, anyAmount, anyWord, bob, counter, type Named, token } from './pools';

/** One function of one contract and what limits it; `padding` is put behind the configuration of the policies. */
export type ScenarioAction = { target: Address; selector: Hex; policies: readonly Policy[]; padding: Hex };

/** One operation of the session key, at a block time. `fee` is the payment operation of a supertransaction. */
export type Step = {
  time: number;
  calls: readonly Call[];
  /** ERC-7579 mode of the execution, first two bytes; absent for the one that fits the calls. */
  mode?: Hex;
  fee?: bigint;
};

/** A session and what its key tries, one operation after the other: the ledger of each is what came before. */
export type Scenario = {
  actions: readonly ScenarioAction[];
  feeBudget: bigint | null;
  paymaster: boolean;
  operationPolicy: boolean;
  steps: readonly Step[];
};

const functions: readonly Hex[] = [
  selectors.transfer,
  selectors.transferFrom,
  selectors.approve,
  selectors.increaseAllowance,
  '0x2ebcff99',
  '0xe9ae5c53',
  '0xffffffff',
];
const flags: readonly Hex[] = ['0x00000001', '0x00000002'];
const flagTarget: Address = '0x0000000000000000000000000000000000000001';

/** Any scenario for one account. */
export function anyScenario(named: Named): Arbitrary<Scenario> {
  return fc
    .record({
      actions: fc.array(anyAction(named), { minLength: 1, maxLength: 4 }),
      feeBudget: fc.option(fc.constantFrom(1n, 10n, 2n ** 200n), { freq: 4 }),
      paymaster: often(true, false),
      operationPolicy: often(true, false),
      steps: fc.array(anyStep(named), { minLength: 1, maxLength: 4 }),
    })
    .map(({ steps, ...rest }) => ({ ...rest, steps: inTime(steps.map((step) => step(rest.actions))) }));
}

/** Something that depends on the actions of the session. */
type Drafted<T> = (actions: readonly ScenarioAction[]) => T;

function often<T>(usual: T, seldom: T): Arbitrary<T> {
  return fc.oneof(
    { weight: 30, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constant(seldom) },
  );
}

function inTime(steps: readonly Step[]): readonly Step[] {
  return steps.toSorted((left, right) => left.time - right.time);
}

function anyAction({ account }: Named): Arbitrary<ScenarioAction> {
  const place = fc.oneof(
    { weight: 12, arbitrary: fc.tuple(fc.constantFrom(token, counter), fc.constantFrom(...functions)) },
    { weight: 2, arbitrary: fc.tuple(fc.constant(flagTarget), fc.constantFrom(...flags)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(account, alice), fc.constantFrom(...functions)) },
  );
  const policies = fc.oneof(
    { weight: 3, arbitrary: fc.array(anyPolicy, { minLength: 1, maxLength: 1 }) },
    { weight: 3, arbitrary: fc.array(anyPolicy, { minLength: 2, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.array(anyPolicy, { maxLength: 4, size: 'max' }) },
  );
  return fc.tuple(place, policies, often<Hex>('0x', '0xfeed')).map(([[target, selector], list, padding]) => ({
    target,
    selector,
    policies: list,
    padding,
  }));
}

function anyStep(named: Named): Arbitrary<Drafted<Step>> {
  const offset = fc.constantFrom(0, 0, 0, 0, 49, 50, 51, 100, 101, -1, -100, -101);
  const parts = {
    time: offset.map((seconds) => startTime + seconds),
    calls: fc.oneof(
      { weight: 2, arbitrary: fc.array(anyCall(named), { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.array(anyCall(named), { minLength: 1, maxLength: 6 }) },
    ),
    kind: fc.oneof(
      { weight: 30, arbitrary: fc.constant({}) },
      { weight: 2, arbitrary: fc.record({ fee: fc.constantFrom(0n, 1n, 5n, 11n) }) },
      {
        weight: 1,
        arbitrary: fc.record({ mode: fc.constantFrom<Hex>('0x0001', '0x0101', '0xff00', '0xfe00') }),
      },
      { weight: 1, arbitrary: fc.constant({ calls: [] }) },
    ),
  };
  return fc.record(parts).map(({ time, calls, kind }) => (actions) => ({
    time,
    calls: 'fee' in kind ? [] : calls.map((call) => call(actions)),
    ...kind,
  }));
}

type Place = { to: Address; selector: Hex };

function anyCall(named: Named): Arbitrary<Drafted<Call>> {
  const parts = {
    place: fc.oneof({ weight: 9, arbitrary: listedPlace }, { weight: 1, arbitrary: strangePlace(named) }),
    value: fc.oneof(
      { weight: 5, arbitrary: fc.constant(0n) },
      { weight: 1, arbitrary: fc.constantFrom(1n, 3n, 2n ** 255n) },
    ),
    cut: anyCut,
    payer: anyParty(named),
    party: anyParty(named),
    amount: anyAmount,
    words: anyWords(named),
  };
  return fc.record(parts).map(({ place, value, cut, payer, party, amount, words }) => (actions) => {
    const { to, selector } = place(actions);
    const usual = selector === selectors.transferFrom ? [payer, party, amount] : [party, amount, amount];
    return { to, value, data: calldata(selector, words ?? usual, cut) };
  });
}

/** The place of an action that the session has, or another contract where it has one for all. */
const listedPlace: Arbitrary<Drafted<Place>> = fc.nat(3).map((index) => (actions) => {
  const { target, selector } = actions[index % actions.length] ?? { target: counter, selector: '0x2ebcff99' };
  return { to: target === flagTarget ? counter : target, selector };
});

function strangePlace({ account, module, validator, zero }: Named): Arbitrary<Drafted<Place>> {
  const to = fc.constantFrom(token, counter, bob, flagTarget, account, module, validator, zero);
  return fc.record({ to, selector: fc.constantFrom(...functions, ...flags) }).map((place) => () => place);
}

function anyParty({ account }: Named): Arbitrary<bigint> {
  return fc.constantFrom(alice, alice, bob, account).map(BigInt);
}

/** Words that fit no function, or nothing for those that fit. */
function anyWords(named: Named): Arbitrary<readonly bigint[] | null> {
  const strange = fc.array(anyWord(named), { maxLength: 4, size: 'max' });
  return fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: strange });
}

/** How many bytes are missing at the end, or which bytes follow it. */
const anyCut: Arbitrary<number | Hex> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(1, 31, 32, 33) },
  { weight: 1, arbitrary: fc.constantFrom<Hex>('0x00', '0xffff') },
);

function calldata(selector: Hex, words: readonly bigint[], cut: number | Hex): Hex {
  if (selector === '0xffffffff' && words.length < 3) return words.length === 2 ? '0x0102' : '0x';
  const whole = concatHex([selector, ...words.map(toWord)]);
  if (typeof cut !== 'number') return concatHex([whole, cut]);
  return cut >= size(whole) ? '0x' : slice(whole, 0, size(whole) - cut);
}
