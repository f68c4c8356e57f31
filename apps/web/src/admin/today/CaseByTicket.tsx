import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answered, api } from '../../api/client';
import { type Done, type Sent } from '../../api/types';
import { Field } from '../../app/Field';
import { ProblemText } from '../../app/ProblemText';
import { useFormats } from '../../i18n/formats';
import { ticketOf } from './ticket';

type Asked = Sent<'/api/admin/cases/searches'>;
type Found = Done<'/api/admin/cases/searches'>['items'];

const caseAt = (caseId: string): string => `/admin/cases/${caseId}`;

/** Opens a case by the ticket a patient was given; which desk's, is asked only when several gave out the number. */
export const CaseByTicket = ({ today }: { readonly today: string }) => {
  const { t } = useTranslation('today');
  const navigate = useNavigate();
  const [typed, setTyped] = useState({ no: '', day: today });
  const [faulty, setFaulty] = useState(false);
  const searching = useMutation({
    mutationFn: (body: Asked) => answered(api.POST('/api/admin/cases/searches', { body })),
    onSuccess: ({ items }) => {
      const [only] = items;
      if (only && items.length === 1) void navigate(caseAt(only.caseId));
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const asked = ticketOf(typed);
    setFaulty(asked === null);
    if (asked && !searching.isPending) searching.mutate(asked);
  };
  return (
    <section className="card case-by-ticket" aria-label={t('byTicket.title')}>
      <form onSubmit={onSubmit}>
        <Field label={t('byTicket.ticket')} fault={faulty && t('byTicket.fault')}>
          {(id) => (
            <Input
              id={id}
              inputMode="numeric"
              autoComplete="off"
              maxLength={7}
              value={typed.no}
              onChange={({ target }) => setTyped({ ...typed, no: target.value })}
            />
          )}
        </Field>
        <Field label={t('byTicket.day')}>
          {(id) => (
            <Input
              id={id}
              type="date"
              value={typed.day}
              max={today}
              onChange={({ target }) => setTyped({ ...typed, day: target.value })}
            />
          )}
        </Field>
        <Button htmlType="submit" loading={searching.isPending}>
          {t('byTicket.open')}
        </Button>
        <p className="quiet">{t('byTicket.hint')}</p>
      </form>
      {searching.isError && (
        <Alert type="error" showIcon role="alert" title={<ProblemText thrown={searching.error} />} />
      )}
      {searching.data && <Several items={searching.data.items} asked={searching.variables} />}
    </section>
  );
};

const Several = ({ items, asked }: { readonly items: Found; readonly asked: Asked }) => {
  const { t } = useTranslation('today');
  const { dateTime } = useFormats();
  if (items.length === 0)
    return <p role="status">{t('byTicket.none', { no: asked.ticketNo, day: asked.ticketDay })}</p>;
  return (
    <div role="status">
      <p>{t('byTicket.several', { count: items.length, no: asked.ticketNo })}</p>
      <ul>
        {items.map(({ caseId, ward, arrivedAt }) => (
          <li key={caseId}>
            <Link to={caseAt(caseId)}>{t('byTicket.found', { ward: ward.name, at: dateTime(arrivedAt) })}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
};
