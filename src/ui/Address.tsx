import type { Address as AddressValue } from 'viem';
import { Copy } from './Copy';
import './values.css';

type Props = { value: AddressValue; copy?: string; testId?: string };

/** An address in full, with its checksum as given; the first and last four digits are set bold. `copy` names it and adds a copy button. */
export function Address({ value, copy, testId }: Props) {
  return (
    <span>
      <span class="address__text" data-testid={testId}>
        {value.slice(0, 2)}
        <b class="address__end">{value.slice(2, 6)}</b>
        {value.slice(6, -4)}
        <b class="address__end">{value.slice(-4)}</b>
      </span>
      {copy !== undefined && <Copy text={value} what={copy} />}
    </span>
  );
}
