import type { Address } from 'viem';
import type { ReviewedCall } from '../../rpc/popup/reviewParts';
import { RawData } from '../../ui/RawData';
import { SentenceList } from '../policies/SentenceList';
import { pieceSentences } from './pieceSentences';

type Props = { call: ReviewedCall; account: Address; nativeSymbol: string | undefined };

/** The parts of a call that is put together at execution, in order. */
export function PieceList({ call, account, nativeSymbol }: Props) {
  const context = { target: call.target, unit: call.token, nativeSymbol };
  return (
    <ol class="stack">
      {call.pieces.map((piece, index) => (
        <li key={index} class="piece">
          <SentenceList sentences={pieceSentences(call, index, account)} context={context} />
          {piece.kind === 'staticCall' && <RawData data={piece.data} what="What it is asked with" />}
          {piece.kind === 'fixed' && piece.data.length > 66 && <RawData data={piece.data} what="The bytes" />}
        </li>
      ))}
    </ol>
  );
}
