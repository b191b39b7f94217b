import type { GrantView } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import type { Stop } from './useStop';

const words = {
  stop: {
    button: 'Stop here',
    meaning:
      'Ends it at once on this device: the site’s key is destroyed. Then you are asked to have it removed on chain too.',
  },
  remove: {
    button: 'Remove on chain',
    meaning: 'It has ended here: the site’s key is destroyed. The chain may still hold the permission.',
  },
};

/** Ends a grant here, or has one that has ended here removed on chain. */
export function StopSection({ state, stop }: { state: GrantView['state']; stop: Stop }) {
  if (state === 'revoked') return null;
  const { button, meaning } = words[state === 'revoking' ? 'remove' : 'stop'];
  return (
    <section class="grant__stop">
      <Button kind="danger" onClick={() => stop.stop()} disabled={stop.busy} testId="grant-stop">
        {stop.busy ? 'Stopping…' : button}
      </Button>
      <p class="small soft">{meaning}</p>
    </section>
  );
}
