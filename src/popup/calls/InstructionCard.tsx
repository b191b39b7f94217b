import type { Address } from 'viem';
import type { ReviewedInstruction } from '../../rpc/popup/reviewParts';
import { Card } from '../../ui/Card';
import { cleanText } from '../../ui/cleanText';
import { CallBlock } from './CallBlock';

type Props = { instruction: ReviewedInstruction; account: Address; nativeSymbol: string | undefined };

/** Calls that the account makes once on one chain, with this approval. */
export function InstructionCard({ instruction, account, nativeSymbol }: Props) {
  const { calls, chainName, chainId } = instruction;
  return (
    <Card
      title={`Runs once on ${cleanText(chainName, 64)}`}
      aside={<span class="card__note">Chain {chainId}</span>}
      testId="review-instruction"
    >
      {calls.map((call, index) => (
        <CallBlock key={index} call={call} account={account} nativeSymbol={nativeSymbol} />
      ))}
    </Card>
  );
}
