import type { ReviewedChain, ReviewStep } from '../../rpc/popup/reviewParts';
import { Card } from '../../ui/Card';
import { cleanText } from '../../ui/cleanText';
import './review.css';

const words: Record<ReviewStep, string> = {
  delegateAccount: 'Your own address gets the code of a smart account.',
  deployAccount: 'Your smart account is created on this chain.',
  pullFunds: 'The funds are taken from your own address.',
  installSmartSessions:
    'The Smart Sessions module is installed in it. It holds the limits of every permission.',
  runInstructions: 'The calls that run once are made.',
  enablePermission: 'The permission is enabled.',
  cleanUp: 'What is left is sent on.',
  removePermission: 'The permission is removed.',
  disableAction: 'The function is taken out of the permission.',
};

type Props = { title: string; chains: readonly ReviewedChain[]; note?: string | undefined };

/** What approving does on each chain, in order. */
export function StepList({ title, chains, note }: Props) {
  return (
    <Card title={title}>
      {chains.map(({ chainId, chainName, steps }) => (
        <div key={chainId} class="outcome">
          <h3 class="small soft">{`On ${cleanText(chainName, 64)}`}</h3>
          <ol class="steps">
            {steps.map((step, index) => (
              <li key={index} class="steps__item">
                {words[step]}
              </li>
            ))}
          </ol>
        </div>
      ))}
      {note !== undefined && <p class="card__note">{note}</p>}
    </Card>
  );
}
