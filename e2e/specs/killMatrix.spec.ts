import { expect, test } from '../fixtures';
import { enabledOn, firstChain } from '../flows/chain';
import { journalHas } from '../flows/journal';
import type { Answer } from '../flows/provider';
import { approveReview, openReviews, reviewOpenedBy } from '../flows/review';
import { type Lab, startLab } from '../lab';
import { type Evidence, evidenceOf, ledgerAndChain, type Permission } from '../matrix/evidence';
import { cells, type End, endOf, type Fault, faults, needsApproval } from '../matrix/faults';
import { askToPrepare, askToUse, type Kind, type Stage, stopAt } from '../matrix/stages';

/** Once in a usual run, ten times in a long one; each round has a browser of its own. */
const rounds = process.env.LONG === '1' ? 10 : 1;

const reviewsOf = (lab: Lab) => openReviews(lab.extension().context);

type Result = { hash: string; grantId: string; permissions: [{ permissionId: Permission['permissionId'] }] };

const resultOf = (answer: Answer): Result => {
  if ('result' in answer) return answer.result as Result;
  throw new Error(`No result: ${JSON.stringify(answer.error)}`);
};

/** Limits that grow, so that no permission covers the next request. */
let limit = 1_000n;
let made = 0;

const newRequest = (lab: Lab, kind: Kind, grantId: string) => {
  made += 1;
  limit += 1n;
  const requestId = `matrix-${made}`;
  return kind === 'PREPARE' ? askToPrepare(lab, requestId, limit) : askToUse(lab, requestId, grantId);
};

/** A permission that the uses of a round go by. */
const grantOf = async (lab: Lab): Promise<Permission> => {
  const { answer, letGo } = await stopAt(lab, 'PREPARE', newRequest(lab, 'PREPARE', ''), 'confirmed');
  await letGo('nothing');
  const { grantId, permissions } = resultOf(await answer);
  for (const page of reviewsOf(lab)) await page.close();
  return { grantId, permissionId: permissions[0].permissionId };
};

const expectAnswer = (answer: Answer, end: End): void => {
  if (end.state === 'confirmed') expect(answer).toHaveProperty('result.hash');
  else expect(answer).toMatchObject({ error: { code: end.code, data: { reason: end.reason } } });
};

/** What was executed is what was answered: once, or not at all. */
const expectExecuted = (kind: Kind, before: Evidence, after: Evidence, answer: Answer): void => {
  const executed = 'result' in answer ? [resultOf(answer).hash] : [];
  expect(after.submissions.slice(before.submissions.length)).toEqual(executed);
  const counted = kind === 'USE' ? BigInt(executed.length) : 0n;
  expect(after.count).toBe(before.count + counted);
};

const expectLedger = async (lab: Lab, permission: Permission): Promise<void> => {
  const { kept, corrected, told, counted } = await ledgerAndChain(lab, permission);
  expect(kept).toEqual(corrected);
  expect(kept.flatMap(({ holders }) => holders)).toEqual([]);
  expect(told).toBe(counted);
};

const runCell = async (lab: Lab, granted: Permission, kind: Kind, stage: Stage, fault: Fault) => {
  const { loss, losesPage, inject } = faults[fault];
  const end = endOf(kind, stage, fault);
  const asked = newRequest(lab, kind, granted.grantId);
  const before = await evidenceOf(lab);

  const stopped = await stopAt(lab, kind, asked, stage);
  await inject(lab, stopped);
  const answering = losesPage ? asked.ask() : stopped.answer;
  await stopped.letGo(loss);
  if (needsApproval(kind, stage, fault)) await approveReview(lab.extension().context);
  const answer = await answering;

  expectAnswer(answer, end);
  await journalHas(lab.probe(), { origin: lab.origin, requestId: asked.requestId, state: end.state });
  expect(reviewsOf(lab).length).toBeLessThanOrEqual(1);
  for (const page of reviewsOf(lab)) await page.close();
  if (fault === 'the browser is killed') await lab.unlock();
  expect(await asked.ask()).toEqual(answer);
  expectExecuted(kind, before, await evidenceOf(lab), answer);

  if (kind === 'USE') await expectLedger(lab, granted);
  if (kind === 'PREPARE' && end.state === 'confirmed') {
    const { grantId, permissions } = resultOf(answer);
    const [{ permissionId }] = permissions;
    expect(await enabledOn(firstChain(lab.devnet), permissionId, lab.account)).toBe(true);
    await expectLedger(lab, { grantId, permissionId });
  }
};

const kinds: readonly Kind[] = ['PREPARE', 'USE'];

for (let round = 1; round <= rounds; round += 1) {
  test.describe(`round ${round}`, () => {
    let lab: Lab;
    let granted: Permission;

    test.beforeAll(async ({ devnet, dappServer }) => {
      lab = await startLab(devnet, dappServer.url);
      granted = await grantOf(lab);
    });

    test.afterAll(() => lab?.stop());

    for (const fault of Object.keys(faults) as Fault[]) {
      for (const kind of kinds) {
        for (const stage of cells(kind, fault)) {
          test(`${kind} at ${stage}: ${fault}`, () => runCell(lab, granted, kind, stage, fault));
        }
      }
    }

    test('PREPARE at awaitingReview: the page is gone and asks no more', async () => {
      const asked = newRequest(lab, 'PREPARE', granted.grantId);
      const before = await evidenceOf(lab);
      const review = await reviewOpenedBy(lab.extension().context, async () => {
        asked.ask().catch(() => undefined);
      });
      await lab.dapp().reload();
      const request = { origin: lab.origin, requestId: asked.requestId };
      await journalHas(lab.probe(), { ...request, state: 'rejected' });
      expect(await asked.ask()).toMatchObject({ error: { code: 4001, data: { reason: 'PAGE_CLOSED' } } });
      await expect(review.part('result')).toBeVisible();
      await review.page.close();
      expect(await evidenceOf(lab)).toEqual(before);
    });
  });
}
