import { type Sent } from '../../api/types';
import { type RegistrationSent } from './entry';

/** A registration that was not answered, as it was sent, under the key it was sent with. */
export type Kept = { readonly key: string; readonly at: string } & (
  | { readonly kind: 'registration'; readonly body: RegistrationSent }
  | { readonly kind: 'resus'; readonly body: Sent<'/api/triage/resus'> }
);

/** The list with one more; the same key replaces what was kept under it. */
export const withKept = (kept: readonly Kept[], one: Kept): readonly Kept[] => [
  ...kept.filter(({ key }) => key !== one.key),
  one,
];

/** The list without one that was sent or thrown away. */
export const withoutKept = (kept: readonly Kept[], key: string): readonly Kept[] =>
  kept.filter((one) => one.key !== key);
