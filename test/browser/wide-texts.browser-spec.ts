import { screensToShoot } from './screens-to-shoot';
import { expect, test } from './support/fixtures';
import { setScene } from './support/scene';
import { browserFor, goToScreen } from './support/walk';

const logins = [...new Set(screensToShoot.map(({ login }) => login))];

/* Runs in the page: every text of it becomes 40 % longer, as in a language of many letters. Answers how many. */
const widen = (): number => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let widened = 0;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { data } = node as Text;
    if (!/[a-z]{2}/i.test(data) || data.includes('~')) continue;
    (node as Text).data = `${data}${' ~~~~'.repeat(Math.ceil((data.length * 0.4) / 5))}`;
    widened += 1;
  }
  return widened;
};

/* Runs in the page: what does not fit, by what it says. */
const cut = (): string[] => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const page = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide`] : [];
  const pressed = [...document.querySelectorAll<HTMLElement>('button, a, [role=button], [role=radio], label, th')];
  const hidden = pressed.filter((one) => {
    if (one.clientWidth === 0 || one.closest('.visually-hidden, .skip')) return false;
    const { overflowX } = getComputedStyle(one);
    const { right, left } = one.getBoundingClientRect();
    const card = one.closest('.card, .review-own, .review-draft')?.getBoundingClientRect().right ?? innerWidth;
    // The tables of administration scroll sideways in a frame of their own.
    const ends = one.closest('.admin-scroll') ? Infinity : Math.min(card, innerWidth) + 1;
    return (overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1) || right > ends || left < -1;
  });
  return [...page, ...hidden.map((one) => `cut: ${one.tagName} ${one.textContent}`)];
};

test('texts 40 % longer make no page wider than the screen and cut no button', async ({ opened, signedIn, nurse }) => {
  test.setTimeout(120_000);
  const scene = await setScene(nurse);
  for (const login of logins) {
    const page = await browserFor({ opened, signedIn }, login, { locale: 'en-US' });
    for (const screen of screensToShoot.filter((one) => one.login === login)) {
      await goToScreen(page, screen, scene);
      expect.soft(await page.evaluate(widen), screen.id).toBeGreaterThan(1);
      expect.soft(await page.evaluate(cut), screen.id).toEqual([]);
    }
  }
});
