import type { GrantView, ReviewedAction } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Tag } from '../../ui/Tag';
import type { Stop } from './useStop';

type Props = { action: ReviewedAction; grant: Pick<GrantView, 'state'>; stop: Stop };

/** Whether one function of a grant works, and a way to stop it alone. */
export function ActionState({ action, grant, stop }: Props) {
  if (grant.state === 'revoked' || grant.state === 'revoking') return null;
  if (action.state === 'revoked') return <Standing tag="stopped" text="The site can’t call it any more." />;
  if (action.state === 'notEnabled') {
    const text =
      grant.state === 'enabling'
        ? 'It is not on chain yet.'
        : 'It did not get on chain, so it can’t be used.';
    return <Standing tag="not enabled" text={text} />;
  }
  return (
    <div class="grant__stop">
      <Button onClick={() => stop.stop(action)} disabled={stop.busy} testId="action-stop">
        Stop this function
      </Button>
    </div>
  );
}

const Standing = ({ tag, text }: { tag: string; text: string }) => (
  <p class="row">
    <Tag tone="warning">{tag}</Tag>
    <span>{text}</span>
  </p>
);
