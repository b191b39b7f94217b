import { type Hex, hexToBytes } from 'viem';
import type { SettingsStore } from './settings';

const firstWords = [
  ...['amber', 'autumn', 'brave', 'bright', 'calm', 'cedar', 'clever', 'copper'],
  ...['coral', 'crimson', 'dusty', 'early', 'gentle', 'golden', 'happy', 'hidden'],
  ...['ivory', 'jolly', 'lemon', 'lucky', 'mellow', 'misty', 'noble', 'olive'],
  ...['patient', 'plum', 'quiet', 'rapid', 'silver', 'sunny', 'velvet', 'winter'],
] as const;

const secondWords = [
  ...['acorn', 'anchor', 'badger', 'beacon', 'bridge', 'candle', 'canyon', 'comet'],
  ...['falcon', 'fiddle', 'forest', 'garden', 'harbor', 'heron', 'island', 'kettle'],
  ...['ladder', 'lantern', 'maple', 'meadow', 'mirror', 'otter', 'pebble', 'pepper'],
  ...['rabbit', 'ribbon', 'river', 'saddle', 'sparrow', 'thimble', 'tulip', 'walnut'],
] as const;

/** Two words of the lists, picked by the first two of random bytes. */
const markFrom = (random: Hex): string => {
  const [first = 0, second = 0] = hexToBytes(random);
  return `${firstWords[first % firstWords.length]} ${secondWords[second % secondWords.length]}`;
};

/**
 * Two words that every window of the companion shows, and that no page knows: a window without them is a look-alike.
 * Made once; the person may change them in the settings.
 */
export const createMark = (parts: { settings: SettingsStore; randomSalt: () => Hex }) => {
  const { settings, randomSalt } = parts;
  let making: Promise<string> | undefined;
  const make = async (): Promise<string> => {
    const mark = markFrom(randomSalt());
    await settings.complete({ mark });
    return mark;
  };
  return async (): Promise<string> => {
    const { mark } = await settings.forPerson();
    if (mark !== undefined) return mark;
    making ??= make().finally(() => {
      making = undefined;
    });
    return making;
  };
};

export type ReadMark = ReturnType<typeof createMark>;
