import { type Page } from '@playwright/test';

/** A field of the intake or re-assessment form by its name. */
export const field = (page: Page, name: string) => page.locator(`.intake [data-field="${name}"]`);

/** Says at which desk the patient is registered. */
export const chooseDesk = async (page: Page): Promise<void> => {
  const ward = field(page, 'ward');
  await ward.selectOption(await ward.locator('option', { hasText: '急诊分诊台' }).getAttribute('value'));
};

/** Opens the intake form at the triage desk. */
export const openIntake = async (page: Page): Promise<void> => {
  await page.goto('/intake');
  await chooseDesk(page);
};
