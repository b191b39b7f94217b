import { amountText, type Unit } from './amountText';
import './values.css';

/** An exact amount of base units in its token's unit; in base units when the decimals are unknown. */
export function Amount({ value, unit }: { value: bigint; unit: Unit }) {
  const text = amountText(value, unit);
  if (!text.unlimited) {
    return (
      <span class="amount">
        <span class="amount__number">{text.number}</span> {text.unit}
      </span>
    );
  }
  return (
    <span class="amount amount--unlimited">
      <b class="amount__number">an unlimited amount</b> ({text.number} {text.unit})
    </span>
  );
}
