import { useEffect, useState } from 'preact/hooks';
import './values.css';

type Outcome = 'idle' | 'copied' | 'failed';
const labels: Record<Outcome, string> = { idle: 'Copy', copied: 'Copied', failed: 'Copy by hand' };
const shownFor = 2000;

/** Copies a text and says whether it worked. `what` names the text for screen readers. */
export function Copy({ text, what }: { text: string; what: string }) {
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), shownFor);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  return (
    <button
      type="button"
      class="copy"
      onClick={copy}
      aria-label={outcome === 'idle' ? `Copy ${what}` : undefined}
    >
      <span aria-live="polite">{labels[outcome]}</span>
    </button>
  );
}
