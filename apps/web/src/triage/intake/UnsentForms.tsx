import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import { type Unsent } from '../../forms/use-unsent';
import { type IntakeEntry } from './entry';

interface Offers {
  readonly waiting: readonly Unsent<IntakeEntry>[];
  readonly onTake: (unsent: Unsent<IntakeEntry>) => void;
  readonly onDrop: (id: string) => void;
}

/** Registrations that were begun here and not sent, when the page was left or read anew: to go on with, or to throw away. */
export const UnsentForms = ({ waiting, onTake, onDrop }: Offers) => {
  const { t } = useTranslation(['intake', 'triage']);
  const { time } = useFormats();
  const { modal } = App.useApp();
  if (waiting.length === 0) return null;
  const nameOf = ({ form }: Unsent<IntakeEntry>): string =>
    form.name.trim() || t(form.unidentified ? 'triage:unidentified' : 'unsentNoName');
  const askDrop = (unsent: Unsent<IntakeEntry>): void =>
    void modal.confirm({
      title: t('keptDropTitle', { name: nameOf(unsent) }),
      content: t('unsentDropText'),
      okText: t('keptDrop'),
      okButtonProps: { danger: true },
      onOk: () => onDrop(unsent.id),
    });
  return (
    <section className="ribbon kept-ribbon unsent-forms" aria-label={t('unsent')}>
      <span role="status">{t('unsentHere', { n: waiting.length })}</span>
      <ul>
        {waiting.map((unsent) => (
          <li key={unsent.id}>
            {time(unsent.at)} {nameOf(unsent)}
            {unsent.form.assessment.complaint && ` · ${unsent.form.assessment.complaint}`}{' '}
            <Button size="small" type="primary" onClick={() => onTake(unsent)}>
              {t('unsentTake')}
            </Button>{' '}
            <Button size="small" type="text" onClick={() => askDrop(unsent)}>
              {t('keptDrop')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
};
