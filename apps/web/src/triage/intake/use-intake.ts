import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { localDay } from '#libs/triage-desk/patient-facts';
import { newKey } from '../../api/client';
import { serverNow } from '../../api/clock';
import { isProblem } from '../../api/problem';
import { type Unsent, useUnsent } from '../../forms/use-unsent';
import { useSession } from '../../session/session';
import { blankIntake, type IntakeEntry, isBlank, obstaclesOf, registrationOf } from './entry';
import { useRegistering } from './use-registering';
import { useUnscanned } from './use-unscanned';
import { deskHere, stayAt } from './wards';

/** Where to after registering: to the level of this patient, or to the next form. */
export type Then = 'review' | 'next';

const focusField = (name: string): void =>
  document.querySelector<HTMLElement>(`.intake [data-field="${name}"]`)?.focus();

/** The form of an arrival, what it still lacks, and how it is registered. */
export const useIntake = () => {
  const { t } = useTranslation('intake');
  const session = useSession();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const registering = useRegistering();
  const [entry, setEntry] = useState<IntakeEntry>(() => blankIntake(deskHere(session)));
  const set = useUnscanned(entry, setEntry);
  const [tried, setTried] = useState(false);
  /* One key for one patient; a form that was refused is corrected under the same one. */
  const key = useRef(newKey());
  const [round, setRound] = useState(0);
  const { waiting, setWaiting, keep, drop, refused } = useUnsent<IntakeEntry>('unsent-intake');
  useEffect(() => {
    if (isBlank(entry)) void drop(key.current);
    else keep(key.current, entry, serverNow().toISOString());
  }, [entry, keep, drop]);
  const today = localDay(serverNow(), session.organisation.timeZone);
  const obstacles = obstaclesOf(entry, today);

  const begin = (form: IntakeEntry, under: string): void => {
    key.current = under;
    setTried(false);
    setEntry(form);
    setRound((before) => before + 1);
    registering.reset();
  };
  const clear = (): Promise<void> => {
    const dropped = drop(key.current);
    begin(blankIntake(entry.wardId), newKey());
    return dropped;
  };
  /* What stood in the form waits in the place of what was taken. */
  const take = (unsent: Unsent<IntakeEntry>): void => {
    if (registering.isPending) return;
    const here = { id: key.current, at: serverNow().toISOString(), form: entry };
    setWaiting([...waiting.filter(({ id }) => id !== unsent.id), ...(isBlank(entry) ? [] : [here])]);
    begin({ ...unsent.form, wardId: unsent.form.wardId || entry.wardId }, unsent.id);
  };
  const throwAway = (id: string): void => {
    void drop(id);
    setWaiting(waiting.filter((one) => one.id !== id));
  };
  const register = (then: Then): void => {
    if (registering.isPending) return;
    setTried(true);
    const [first] = obstacles;
    if (first !== undefined) {
      const faulty = document.querySelector<HTMLElement>('.intake .field-fault input');
      return first === 'numbers' ? faulty?.focus() : focusField(first);
    }
    stayAt(entry.wardId);
    const at = serverNow().toISOString();
    registering.mutate(
      { key: key.current, at, kind: 'registration', body: registrationOf(entry, { at, today }) },
      {
        onSuccess: (registered) => {
          const dropped = clear();
          if (registered === null) return void message.warning(t('keptNow'), 10);
          void message.success(t('registered', { ticket: registered.ticketNo }), 10);
          const reviewId = registered.assessment?.reviewId ?? null;
          const to = reviewId === null ? `/cases/${registered.caseId}` : `/reviews/${reviewId}`;
          if (then === 'review') void dropped.then(() => navigate(to));
        },
        onError: (thrown) => {
          if (!isProblem(thrown, 'IDEMPOTENCY_KEY_REUSED')) return;
          void drop(key.current);
          key.current = newKey();
        },
      },
    );
  };
  return {
    entry,
    change: (part: Partial<IntakeEntry>) => set({ ...entry, ...part }),
    today,
    obstacles: tried ? obstacles : [],
    register,
    clear: () => void clear(),
    round,
    registering,
    unsent: { waiting, onTake: take, onDrop: throwAway },
    unkept: refused,
  };
};
