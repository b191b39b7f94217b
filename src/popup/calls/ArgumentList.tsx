import type { ReviewedArgument, ReviewedCall } from '../../rpc/popup/reviewParts';
import { Address } from '../../ui/Address';
import { Amount } from '../../ui/Amount';
import { groupDigits } from '../../ui/amountText';
import { cleanText } from '../../ui/cleanText';
import { Fact, Facts } from '../../ui/Facts';
import { argumentValue } from './argumentValue';

type Props = { call: ReviewedCall; args: readonly ReviewedArgument[] };

/** Every argument of a call with its type. */
export function ArgumentList({ call, args }: Props) {
  return (
    <Facts>
      {args.map((argument, index) => (
        <Fact key={index} label={labelOf(argument, index)} note={cleanText(argument.type, 128)}>
          <Value call={call} argument={argument} index={index} />
        </Fact>
      ))}
    </Facts>
  );
}

function labelOf({ name }: ReviewedArgument, index: number): string {
  const shown = name === undefined ? '' : cleanText(name, 64);
  return shown === '' ? `Argument ${index + 1}` : shown;
}

function Value({ call, argument, index }: { call: ReviewedCall; argument: ReviewedArgument; index: number }) {
  const value = argumentValue(call, argument, index);
  switch (value.kind) {
    case 'address':
      return <Address value={value.value} copy="this address" />;
    case 'amount':
      return <Amount value={value.value} unit={call.token ?? {}} />;
    case 'number':
      return <span>{groupDigits(value.value)}</span>;
    case 'text':
      return <code class="argument">{value.value}</code>;
  }
}
