import type { PopupState } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { Notice } from '../../ui/Notice';
import { Screen } from '../../ui/Screen';
import { type Damage, damagedSentences, workingSentences } from '../damage';
import { ResetSection } from '../settings/ResetSection';

type Props = { damage: Damage; onRetry: () => void; onReset: (state: PopupState) => void };

/** The stored vault is damaged. It stays as it is until the person decides; no new one is made over it. */
export function DamagedView({ damage, onRetry, onReset }: Props) {
  return (
    <Screen name="Latchkey" testId="damaged">
      <h1>The stored vault is damaged</h1>
      <Notice tone="danger" title="What is damaged" alert>
        {damagedSentences(damage).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p>Nothing was changed or deleted.</p>
      </Notice>
      <Card title="What still works">
        {workingSentences(damage).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Card>
      <Card title="What you can do">
        <p>
          Restore the browser profile from a copy, then try again. Don’t remove Latchkey: that deletes what is
          left.
        </p>
        <p>If you have a backup file: reset Latchkey below, then choose “I have a backup”.</p>
        <Button onClick={onRetry} testId="retry">
          Try again
        </Button>
      </Card>
      <ResetSection onDone={onReset} />
    </Screen>
  );
}
