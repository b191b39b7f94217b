import type { Hex } from 'viem';
import { groupDigits } from './amountText';
import { Copy } from './Copy';
import './values.css';

/** Bytes in full, folded away. `what` names them, such as `Raw data`. */
export function RawData({ data, what }: { data: Hex; what: string }) {
  const bytes = BigInt((data.length - 2) / 2);
  return (
    <details>
      <summary>{`${what} (${groupDigits(bytes)} ${bytes === 1n ? 'byte' : 'bytes'})`}</summary>
      <div class="raw">
        <code>{data}</code>
      </div>
      <Copy text={data} what={what.toLowerCase()} />
    </details>
  );
}
