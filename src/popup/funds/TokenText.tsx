import { type Address as AddressValue, zeroAddress } from 'viem';
import { Address } from '../../ui/Address';
import { cleanSymbol } from '../../ui/cleanText';

type Props = { token: AddressValue; symbol?: string | undefined };

/** Which token: the chain's own coin by name, any other by what it calls itself and its address. */
export function TokenText({ token, symbol }: Props) {
  const name = cleanSymbol(symbol);
  if (token === zeroAddress) return <span>{name ?? 'the chain’s own coin'}</span>;
  return (
    <>
      {name !== undefined && <span>{`A token that calls itself ${name}`}</span>}
      <Address value={token} copy="token address" />
    </>
  );
}
