import { LatchkeyError } from '../../src/client';

const buttons = ['connect', 'ask', 'increment', 'outside'] as const;

type Button = (typeof buttons)[number];
type Text = 'counter' | 'account' | 'status';

const busy = new Set<Button>();
let isConnected = false;

const part = (testId: Button | Text | 'log'): HTMLElement => {
  const element = document.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
  if (!element) throw new TypeError(`The page has no ${testId}.`);
  return element;
};

/** Shows which buttons can be pressed: those that need an account, or the one that gets it. */
const refreshButtons = (): void => {
  for (const button of buttons) {
    const fits = (button === 'connect') !== isConnected;
    part(button).toggleAttribute('disabled', busy.has(button) || !fits);
    part(button).setAttribute('aria-busy', String(busy.has(button)));
  }
};

export const show = (testId: Text, text: string): void => {
  part(testId).textContent = text;
};

export const setConnected = (connected: boolean): void => {
  isConnected = connected;
  refreshButtons();
};

/** Adds a line to the log, newest last. */
export const log = (text: string, tone: 'info' | 'good' | 'bad' = 'info'): void => {
  const line = document.createElement('li');
  line.className = tone;
  line.textContent = `${new Date().toLocaleTimeString()}  ${text}`;
  part('log').append(line);
  line.scrollIntoView({ block: 'nearest' });
};

/** One line: the reason, what happened, what to do. */
export const explain = (error: unknown): string => {
  if (!(error instanceof LatchkeyError)) return String(error);
  const { code, reason, message, action } = error;
  return `${reason} (${code}): ${message} ${action}`;
};

/** Runs the action whenever the button is pressed, one at a time; what goes wrong is logged. */
export const onPress = (button: Button, action: () => Promise<void>): void => {
  part(button).addEventListener('click', async () => {
    busy.add(button);
    refreshButtons();
    try {
      await action();
    } catch (error) {
      log(explain(error), 'bad');
    }
    busy.delete(button);
    refreshButtons();
  });
};
