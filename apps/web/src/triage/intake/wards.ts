import { type Session } from '../../api/types';

const deskRoles: readonly string[] = ['triage_nurse', 'charge_nurse', 'physician'];

/* A PC stands at one desk, whoever signs in: so the desk stays with the browser. It names no patient. */
const keptAs = 'countersign.desk';

/** The desk this PC was last used at; null where it never was. */
export const keptDesk = (): string | null => localStorage.getItem(keptAs);

/** Remembers the desk for whoever works at this PC next. */
export const stayAt = (wardId: string): void => localStorage.setItem(keptAs, wardId);

/** The wards at whose desk the person may register. */
export const desksOf = ({ grants, wards }: Pick<Session, 'grants' | 'wards'>): Session['wards'] => {
  const atDesks = grants.filter(({ role }) => deskRoles.includes(role));
  const everywhere = atDesks.some(({ wardId }) => wardId === null);
  return wards.filter(({ id }) => everywhere || atDesks.some(({ wardId }) => wardId === id));
};

/** The desk to begin with: where this PC stands, else the only one; empty where it has to be asked for. */
export const deskHere = (session: Pick<Session, 'grants' | 'wards'>, kept = keptDesk()): string => {
  const desks = desksOf(session);
  const only = desks.length === 1 ? desks[0]?.id : undefined;
  return desks.find(({ id }) => id === kept)?.id ?? only ?? '';
};
