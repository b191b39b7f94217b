import type { Sentence } from '../../protocol/policies/sentence';
import type { PolicyContext } from './policyContext';
import { SentenceLine } from './SentenceLine';

type Props = { sentences: readonly Sentence[]; context: PolicyContext };

/** A policy's sentences, one below the other. */
export function SentenceList({ sentences, context }: Props) {
  return (
    <>
      {sentences.map((item, index) => (
        <SentenceLine key={index} sentence={item} context={context} />
      ))}
    </>
  );
}
