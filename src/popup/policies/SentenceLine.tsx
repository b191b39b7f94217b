import { sameAddress } from '../../protocol/address';
import type { Sentence, SentencePart, Severity } from '../../protocol/policies/sentence';
import { Address } from '../../ui/Address';
import { Amount } from '../../ui/Amount';
import { nativeLine } from '../../ui/amountText';
import { Time } from '../../ui/Time';
import type { SentenceContext } from './policyContext';
import './policies.css';

function Part({ part, context }: { part: SentencePart; context: SentenceContext }) {
  if (typeof part === 'string') return <>{part}</>;
  switch (part.kind) {
    case 'amount': {
      if (part.token === 'native') return <b>{nativeLine(part.value, context.nativeSymbol)}</b>;
      const isTarget = sameAddress(part.token, context.target);
      return <Amount value={part.value} unit={isTarget ? (context.unit ?? {}) : {}} />;
    }
    case 'address':
      return <Address value={part.value} />;
    case 'time':
      return <Time seconds={part.value} />;
    case 'word':
    case 'selector':
      return <code>{part.value}</code>;
  }
}

const marks: Record<Severity, string | undefined> = {
  info: undefined,
  notice: undefined,
  warning: 'Take care: ',
  danger: 'Danger: ',
};

/** One sentence about a policy. What needs care says so in words, not by colour alone. */
export function SentenceLine({ sentence, context }: { sentence: Sentence; context: SentenceContext }) {
  const mark = marks[sentence.severity];
  return (
    <p class={`sentence sentence--${sentence.severity}`}>
      {mark !== undefined && <b class="sentence__mark">{mark}</b>}
      {sentence.parts.map((part, index) => (
        <Part key={index} part={part} context={context} />
      ))}
    </p>
  );
}
