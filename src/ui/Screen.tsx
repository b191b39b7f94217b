import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { Mark } from './Mark';
import { PersonalMark } from './personalMark';
import './screen.css';

type Props = {
  /** What this view is, beside the mark. */
  name: string;
  /** Links and buttons at the top right. */
  tools?: ComponentChildren;
  /** Stays in view at the bottom. */
  foot?: ComponentChildren;
  centred?: boolean;
  children: ComponentChildren;
  testId?: string;
};

/** The frame of every view: head, body, and a foot that never scrolls away. */
export function Screen({ name, tools, foot, centred = false, children, testId }: Props) {
  const mark = useContext(PersonalMark);
  return (
    <div class="screen" data-testid={testId}>
      <header class="screen__head">
        <Mark />
        <span class="screen__name">{name}</span>
        {mark !== undefined && (
          <span class="screen__mark" title="Your mark: no page knows it" data-testid="personal-mark">
            {mark}
          </span>
        )}
        {tools}
      </header>
      <main class={centred ? 'screen__body screen__body--centred' : 'screen__body'}>{children}</main>
      {foot !== undefined && <footer class="screen__foot">{foot}</footer>}
    </div>
  );
}
