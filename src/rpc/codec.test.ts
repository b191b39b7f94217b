import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from './codec';

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.bigInt({ min: -(2n ** 256n), max: 2n ** 256n }),
);
const { message } = fc.letrec((tie) => ({
  message: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('message')),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      tie('message'),
      {
        noNullPrototype: true,
      },
    ),
  ),
}));

it('reads back every message that it writes, bigints as bigints', () => {
  fc.assert(
    fc.property(message, (value) => {
      expect(decodeMessage(encodeMessage(value))).toEqual(value);
    }),
    { numRuns: 10_000 },
  );
}, 120_000);

it('leaves what only looks like a bigint as it is', () => {
  for (const text of ['{"$bigint":"1.5"}', '{"$bigint":"0x1"}', '{"$bigint":1}', '{"$bigint":""}']) {
    expect(decodeMessage(text)).toEqual(JSON.parse(text));
  }
});
