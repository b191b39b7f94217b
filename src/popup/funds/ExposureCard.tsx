import { zeroAddress } from 'viem';
import type { ReviewedExposure } from '../../rpc/popup/reviewParts';
import { Card } from '../../ui/Card';
import { cleanSymbol, cleanText } from '../../ui/cleanText';
import { Fact, Facts } from '../../ui/Facts';
import { TokenAmountText } from './TokenAmountText';
import { TokenText } from './TokenText';
import './funds.css';

/** The most that a permission can move over its life, per token, and where it comes from. */
export function ExposureCard({ exposure }: { exposure: readonly ReviewedExposure[] }) {
  return (
    <Card
      title="The most this permission can move"
      aside={<span class="card__note">Over its whole life</span>}
    >
      <Facts>
        {exposure.map((entry) => (
          <Fact
            key={`${entry.chainId}${entry.token}`}
            label={cleanText(entry.chainName, 64)}
            testId="review-exposure"
          >
            <Total exposure={entry} />
            {entry.token !== zeroAddress && <TokenText token={entry.token} symbol={entry.symbol} />}
            <Parts exposure={entry} />
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}

function Parts({ exposure }: { exposure: ReviewedExposure }) {
  const { parts } = exposure;
  return (
    <ul class="exposure__parts">
      {parts.map(({ text, amount }, index) => (
        <li key={index} class={amount === null ? 'exposure__part--unlimited' : undefined}>
          {parts.length > 1 && amount !== null && (
            <>
              <TokenAmountText amount={{ ...exposure, amount }} />
              {': '}
            </>
          )}
          {cleanText(text, 400)}
        </li>
      ))}
    </ul>
  );
}

function Total({ exposure }: { exposure: ReviewedExposure }) {
  const { amount } = exposure;
  if (amount !== null) return <TokenAmountText amount={{ ...exposure, amount }} />;
  const symbol = cleanSymbol(exposure.symbol);
  return (
    <strong class="exposure__unlimited">
      {symbol === undefined
        ? 'Unlimited: all that the account holds'
        : `Unlimited: all ${symbol} that the account holds`}
    </strong>
  );
}
