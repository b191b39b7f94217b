import type { TimeframePolicy } from '../../protocol/policies/policy';
import { type Sentence, sentence } from '../../protocol/policies/sentence';
import { relativeTime } from '../../ui/timeText';

/** An end further away than this is no end to a person. */
export const farthestEnd = 100 * 365 * 86_400;

function startSentence(start: number, now: number): Sentence {
  if (start === 0) return sentence('info', 'From the moment it is enabled.');
  return sentence(
    'info',
    'From ',
    { kind: 'time', value: start },
    start > now ? `, ${relativeTime(start, now)}.` : ', already open.',
  );
}

function endSentence(end: number, now: number): Sentence {
  const time = { kind: 'time', value: end } as const;
  if (end === 0) return sentence('danger', 'No end date. It stays open until it is removed.');
  if (end - now > farthestEnd) return sentence('danger', 'In practice no end date: until ', time, '.');
  if (end < now) return sentence('warning', 'Already over since ', time, '.');
  return sentence('info', 'Until ', time, `, ${relativeTime(end, now)}.`);
}

/** A time window in words, both ends included. */
export function timeframeSentences(policy: TimeframePolicy, now: number): Sentence[] {
  const { validAfter, validUntil } = policy;
  if (validAfter === 0 && validUntil === 0) {
    return [
      sentence('danger', 'No start and no end are set. The contract refuses every call with such a window.'),
    ];
  }
  const sentences = [startSentence(validAfter, now), endSentence(validUntil, now)];
  if (validUntil !== 0 && validUntil < validAfter) {
    sentences.push(sentence('warning', 'It ends before it starts, so it can never be used.'));
  }
  return sentences;
}
