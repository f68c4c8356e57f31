import { noOrganisation, type SystemPrincipal } from '#libs/auth/principal';

/** A part of the worker acting by itself, for one organisation or for the installation. */
export const part = (name: string, organisationId: string = noOrganisation): SystemPrincipal => ({
  kind: 'system',
  name,
  organisationId,
});
