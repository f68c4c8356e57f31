import { type Session } from '../../api/types';

const deskRoles: readonly string[] = ['triage_nurse', 'charge_nurse', 'physician'];

/* The desk last worked at in this tab. */
let lastWard = '';

/** Remembers the desk for the next form. */
export const stayAt = (wardId: string): void => {
  lastWard = wardId;
};

/** The wards at whose desk the person may register. */
export const desksOf = ({ grants, wards }: Session): Session['wards'] => {
  const atDesks = grants.filter(({ role }) => deskRoles.includes(role));
  const everywhere = atDesks.some(({ wardId }) => wardId === null);
  return wards.filter(({ id }) => everywhere || atDesks.some(({ wardId }) => wardId === id));
};

/** The desk a form begins with: the last one, else the only or first one; empty where there is none. */
export const firstDesk = (session: Session): string => {
  const desks = desksOf(session);
  return (desks.find(({ id }) => id === lastWard) ?? desks[0])?.id ?? '';
};
