import type { Sentence } from '../../protocol/policies/sentence';
import type { SentenceContext } from './policyContext';
import { SentenceLine } from './SentenceLine';

type Props = { sentences: readonly Sentence[]; context: SentenceContext };

/** Sentences, one below the other. */
export function SentenceList({ sentences, context }: Props) {
  return (
    <>
      {sentences.map((item, index) => (
        <SentenceLine key={index} sentence={item} context={context} />
      ))}
    </>
  );
}
