/** The shortest password a person may set. */
export const minimumPasswordLength = 10;

/** How long a password is good that an administrator handed over; then its person asks for another. */
export const temporaryPasswordHours = 72;

/** What a password that is set must keep to, each by its name. */
export const passwordRules = ['length', 'variety', 'not-login', 'not-current'] as const;
export type PasswordRule = (typeof passwordRules)[number];

/** A password to set, beside what it must differ from. */
export interface PasswordToSet {
  readonly next: string;
  readonly current: string;
  readonly login: string;
}

/** The rules that a password breaks: long enough, not few characters over and over, without the login, another one. */
export const brokenPasswordRules = ({ next, current, login }: PasswordToSet): PasswordRule[] => {
  const broken: Record<PasswordRule, boolean> = {
    length: next.length < minimumPasswordLength || next.length > 200,
    variety: new Set(next).size < 5,
    'not-login': next.toLowerCase().includes(login.toLowerCase()),
    'not-current': next === current,
  };
  return passwordRules.filter((rule) => broken[rule]);
};
