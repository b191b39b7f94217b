import type { PrepareReview } from '../../rpc/popup/procedures';
import type { ReviewedChain, ReviewedSponsor } from '../../rpc/popup/reviewParts';
import { Address } from '../../ui/Address';
import { cleanText } from '../../ui/cleanText';
import { Fact } from '../../ui/Facts';
import { originLine } from '../../ui/originText';
import { TokenAmountText } from './TokenAmountText';

type Props = {
  fee: PrepareReview['fee'] | undefined;
  sponsor: ReviewedSponsor | undefined;
  chains: readonly ReviewedChain[];
  /** Who pays, as a beginning of a sentence that the chain's name ends. */
  payer: string;
};

/** What is paid now and by whom. */
export function FeeFacts({ fee, sponsor, chains, payer }: Props) {
  if (sponsor !== undefined) return <SponsorFact sponsor={sponsor} />;
  if (fee === undefined) {
    return (
      <Fact label="Now" testId="review-fee">
        Nothing
      </Fact>
    );
  }
  const { chainId } = fee.max;
  const chain = chains.find((known) => known.chainId === chainId)?.chainName ?? `chain ${chainId}`;
  return (
    <Fact
      label="Now"
      testId="review-fee"
      note={
        <>
          At most <TokenAmountText amount={fee.max} />, or nothing is signed. {payer} on{' '}
          {cleanText(chain, 64)}.
        </>
      }
    >
      <span>
        about <TokenAmountText amount={fee.estimate} />
      </span>
    </Fact>
  );
}

function SponsorFact({ sponsor }: { sponsor: ReviewedSponsor }) {
  if (sponsor.kind === 'node') {
    return (
      <Fact label="Now" testId="review-sponsor">
        Nothing. The node pays the gas.
      </Fact>
    );
  }
  const { url, gasTank } = sponsor;
  return (
    <Fact
      label="Now"
      testId="review-sponsor"
      note={
        <>
          Its gas tank on chain {gasTank.chainId}: <Address value={gasTank.address} />
        </>
      }
    >
      <span>
        Nothing. A sponsor that the site named pays the gas: <b>{originLine(url)}</b>
      </span>
    </Fact>
  );
}
