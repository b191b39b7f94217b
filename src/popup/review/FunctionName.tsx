import type { Hex } from 'viem';
import { Tag } from '../../ui/Tag';
import type { FunctionTitle } from './functionTitle';
import './review.css';

const sources: Record<FunctionTitle['source'], { tag: string; tone: 'plain' | 'good' | 'warning' }> = {
  known: { tag: 'known function', tone: 'good' },
  dapp: { tag: 'the site’s claim', tone: 'warning' },
  unknown: { tag: 'no name known', tone: 'warning' },
  native: { tag: 'no function is called', tone: 'plain' },
};

/** A function's name, its selector, and who says that it is called so. */
export function FunctionName({ title, selector }: { title: FunctionTitle; selector: Hex | null }) {
  const { tag, tone } = sources[title.source];
  return (
    <>
      <span class="function__name">{title.name}</span>
      <span class="row">
        {selector !== null && <code>{selector}</code>}
        <Tag tone={tone}>{tag}</Tag>
      </span>
    </>
  );
}
