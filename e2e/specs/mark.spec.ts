import { expect, test } from '../fixtures';
import { callProvider } from '../flows/provider';
import { prepareRequest } from '../flows/requests';
import { reviewOpenedBy } from '../flows/review';

test('every window shows the person’s own mark, which no page is told', async ({
  extension,
  devnet,
  ready,
  dapp,
}) => {
  const shown = await ready.popup.part('personal-mark').textContent();
  expect(shown).toMatch(/^[a-z]+ [a-z]+$/);
  const answers: unknown[] = [await callProvider(dapp.page, 'latchkey_getInfo')];
  const review = await reviewOpenedBy(extension.context, async () => {
    callProvider(dapp.page, 'latchkey_prepare', [prepareRequest(devnet, { requestId: 'mark' })]).then(
      (answer) => answers.push(answer),
    );
  });
  await expect(review.part('personal-mark')).toHaveText(shown ?? '');
  await review.reject();
  await expect.poll(() => answers.length).toBe(2);
  expect(JSON.stringify(answers)).not.toContain(shown);

  const { popup } = ready;
  await popup.part('open-settings').click();
  await popup.part('settings-mark').fill('my own words');
  await popup.part('settings-save').click();
  await expect(popup.part('settings-saved')).toBeVisible();
  await expect(popup.part('personal-mark')).toHaveText('my own words');
  await popup.page.goto(extension.popupUrl);
  await popup.part('lock').click();
  await expect(popup.part('unlock-password')).toBeVisible();
  await expect(popup.part('personal-mark')).toHaveText('my own words');
});
