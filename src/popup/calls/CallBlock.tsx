import { type Address as AddressValue, zeroAddress } from 'viem';
import { sentence } from '../../protocol/policies/sentence';
import type { ReviewedCall } from '../../rpc/popup/reviewParts';
import { Address } from '../../ui/Address';
import { nativeLine } from '../../ui/amountText';
import { cleanSymbol } from '../../ui/cleanText';
import { Fact, Facts } from '../../ui/Facts';
import { RawData } from '../../ui/RawData';
import { SentenceLine } from '../policies/SentenceLine';
import { FunctionName } from '../review/FunctionName';
import { ArgumentList } from './ArgumentList';
import { callTitle } from './callTitle';
import { PieceList } from './PieceList';
import './calls.css';

const unreadable = sentence(
  'warning',
  'It can’t be told from the bytes alone what this call does. They are below, whole.',
);

type Props = { call: ReviewedCall; account: AddressValue; nativeSymbol: string | undefined };

/** One call that runs once: function, contract, value, arguments, and its bytes. */
export function CallBlock({ call, account, nativeSymbol }: Props) {
  const title = callTitle(call);
  const symbol = cleanSymbol(call.token?.symbol);
  return (
    <div class="function" data-testid="review-call">
      <Facts>
        <Fact label="Function">
          <FunctionName title={title} selector={call.selector} />
        </Fact>
        <Fact
          label={title.source === 'native' ? 'To' : 'Contract'}
          note={symbol === undefined ? undefined : `A token that calls itself ${symbol}.`}
        >
          <Address value={call.target} copy="contract address" />
        </Fact>
        {call.value > 0n && (
          <Fact label="Sends">
            <b>{nativeLine(call.value, nativeSymbol)}</b>
          </Fact>
        )}
      </Facts>
      <Contents call={call} account={account} nativeSymbol={nativeSymbol} />
    </div>
  );
}

function Contents({ call, account, nativeSymbol }: Props) {
  if (call.pieces.length > 0) {
    return (
      <div class="contents">
        {call.target === zeroAddress && (
          <p>No contract is fixed: it is one of the parts, or the parts are only checked.</p>
        )}
        <p class="small soft">
          Put together when it runs, from these parts. While a check doesn’t hold, the call is not made, and
          the node may try again later.
        </p>
        <PieceList call={call} account={account} nativeSymbol={nativeSymbol} />
      </div>
    );
  }
  return (
    <div class="contents">
      {call.args !== undefined && call.args.length > 0 && <ArgumentList call={call} args={call.args} />}
      {call.args === undefined && call.selector !== null && (
        <SentenceLine
          sentence={unreadable}
          context={{ target: call.target, unit: undefined, nativeSymbol }}
        />
      )}
      {call.data !== '0x' && <RawData data={call.data} what="Raw data" />}
    </div>
  );
}
