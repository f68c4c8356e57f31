import { noOrganisation } from '#libs/auth/principal';

/**
 * The same connection, acting for the installation from its beginning, so that row security shows it every row. For
 * whoever migrates or examines a ledger; the product's own work goes through transactions of a principal.
 */
export const actingForInstallation = (url: string): string => {
  const acting = new URL(url);
  const given = acting.searchParams.get('options');
  const ours = `-c countersign.organisation=${noOrganisation}`;
  acting.searchParams.set('options', given === null ? ours : `${given} ${ours}`);
  return acting.href;
};
