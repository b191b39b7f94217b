import { Notice } from '../../ui/Notice';
import { originText } from '../../ui/originText';
import './review.css';

type Props = { origin: string /** What the site wants, after its name. */; wants: string };

/** Who asks, in full, with the part that tells sites apart set bold, and what it wants. */
export function OriginBlock({ origin, wants }: Props) {
  const { scheme, prefix, registrable, port, notes } = originText(origin);
  return (
    <div class="origin">
      <h1 class="origin__name" data-testid="review-origin">
        {scheme}
        {prefix}
        <span class="origin__registrable">{registrable}</span>
        {port}
      </h1>
      <p>{wants}</p>
      {notes.map(({ tone, text }) => (
        <Notice key={text} tone={tone}>
          <p>{text}</p>
        </Notice>
      ))}
    </div>
  );
}
