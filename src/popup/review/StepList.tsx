import type { ReviewedPermission } from '../../rpc/popup/procedures';
import './review.css';

const words: Record<ReviewedPermission['steps'][number], string> = {
  deployAccount: 'Your smart account is created on this chain.',
  installSmartSessions:
    'The Smart Sessions module is installed in it. It holds the limits of every permission.',
  enablePermission: 'This permission is enabled.',
};

/** What approving does on a chain, in order. */
export function StepList({ steps }: { steps: ReviewedPermission['steps'] }) {
  return (
    <div class="outcome">
      <h3 class="small soft">If you approve</h3>
      <ol class="steps">
        {steps.map((step) => (
          <li key={step} class="steps__item">
            {words[step]}
          </li>
        ))}
      </ol>
    </div>
  );
}
