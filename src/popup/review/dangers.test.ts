import { describe, expect, it } from 'vitest';
import type { Danger, RevokeReview } from '../../rpc/popup/procedures';
import { sampleAction, sampleCall, samplePermission, sampleReview } from '../testing/reviewSamples';
import { codesToAcknowledge, dangersOf } from './dangers';

const danger = (code: string, severity: Danger['severity'], over: Partial<Danger> = {}): Danger => ({
  code,
  severity,
  text: `About ${code}.`,
  acknowledge: false,
  ...over,
});

const review = sampleReview({
  dangers: [danger('BOUNDS', 'notice')],
  permissions: [
    samplePermission([
      sampleAction({
        dangers: [danger('NO_EXPIRY', 'warning'), danger('SUDO', 'high', { acknowledge: true })],
      }),
      sampleAction({ selector: '0xffffffff', dangers: [danger('SUDO', 'high', { acknowledge: true })] }),
    ]),
  ],
  instructions: [
    {
      chainId: 10,
      chainName: 'Op\u202E',
      calls: [sampleCall({ dangers: [danger('UNKNOWN', 'high')] })],
    },
  ],
});

describe('dangersOf', () => {
  it('puts the worst first, and what must be agreed to before the rest of its weight', () => {
    expect(dangersOf(review).map(({ code }) => code)).toEqual(['SUDO', 'UNKNOWN', 'NO_EXPIRY', 'BOUNDS']);
  });

  it('says a sentence once and names every place that it is about', () => {
    expect(dangersOf(review)[0]).toEqual({
      code: 'SUDO',
      severity: 'high',
      acknowledge: true,
      sentences: [
        { text: 'About SUDO.', places: ['Base, Unknown function', 'Base, Transfer of native coin'] },
      ],
    });
    expect(dangersOf(review)[1]?.sentences[0]?.places).toEqual(['Op, Unknown function, once']);
    expect(dangersOf(review)[3]?.sentences[0]?.places).toEqual([]);
  });

  it('takes the worst weight of one code', () => {
    const mixed = sampleReview({ dangers: [danger('A', 'notice'), danger('A', 'high', { text: 'Worse.' })] });
    expect(dangersOf(mixed)).toMatchObject([{ severity: 'high', sentences: [{}, { text: 'Worse.' }] }]);
  });
});

describe('codesToAcknowledge', () => {
  it('asks for each code once, and for no other', () => {
    expect(codesToAcknowledge(review)).toEqual(['SUDO']);
  });

  it('does not ask to agree to the dangers of what is removed', () => {
    const { permissions } = review;
    const removal: RevokeReview = {
      ...sampleReview(),
      kind: 'revoke',
      grantId: 'g',
      by: 'person',
      permissions,
      scope: 'permission',
      dangers: [danger('PARTLY', 'warning', { acknowledge: true })],
    };
    expect(codesToAcknowledge(removal)).toEqual(['PARTLY']);
  });
});
