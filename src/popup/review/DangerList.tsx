import type { Review } from '../../rpc/popup/procedures';
import { Checkbox } from '../../ui/Checkbox';
import { Notice, type Tone } from '../../ui/Notice';
import { type DangerGroup, dangersOf } from './dangers';
import type { Acknowledgements } from './useAcknowledged';

const looks: Record<DangerGroup['severity'], { tone: Tone; title: string }> = {
  high: { tone: 'danger', title: 'Danger' },
  warning: { tone: 'warning', title: 'Take care' },
  notice: { tone: 'info', title: 'Good to know' },
};

/** What the person should weigh before approving, with a box to tick where they must agree. */
export function DangerList({ review, agreed }: { review: Review; agreed: Acknowledgements }) {
  const groups = dangersOf(review);
  if (groups.length === 0) return null;
  return (
    <section class="stack" aria-label="Dangers">
      {groups.map((group) => (
        <DangerNotice key={`${group.code}${group.acknowledge}`} group={group} agreed={agreed} />
      ))}
    </section>
  );
}

function DangerNotice({ group, agreed }: { group: DangerGroup; agreed: Acknowledgements }) {
  const { code, severity, acknowledge, sentences } = group;
  const { tone, title } = looks[severity];
  return (
    <Notice tone={tone} title={title} testId="review-danger">
      {sentences.map(({ text, places }) => (
        <div key={text}>
          <p>{text}</p>
          {places.length > 0 && (
            <ul class="small soft">
              {places.map((place) => (
                <li key={place}>{place}</li>
              ))}
            </ul>
          )}
        </div>
      ))}
      {acknowledge && (
        <Checkbox
          checked={agreed.ticked.has(code)}
          onChange={(ticked) => agreed.tick(code, ticked)}
          testId={`acknowledge-${code}`}
        >
          I understand this and want it.
        </Checkbox>
      )}
    </Notice>
  );
}
