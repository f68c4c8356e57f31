import { type SystemPrincipal } from '#libs/auth/principal';

/** The nil UUID: what belongs to the installation and not to one of its organisations (outbox, change feed). */
export const noOrganisation = '00000000-0000-0000-0000-000000000000';

/** A part of the worker acting by itself, for one organisation or for the installation. */
export const part = (name: string, organisationId: string = noOrganisation): SystemPrincipal => ({
  kind: 'system',
  name,
  organisationId,
});
