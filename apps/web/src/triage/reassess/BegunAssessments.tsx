import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Unsent } from '../../forms/use-unsent';
import { useFormats } from '../../i18n/formats';
import { type AssessmentEntry } from '../form/entry';

interface Offers {
  readonly begun: readonly Unsent<AssessmentEntry>[];
  readonly onTake: (unsent: Unsent<AssessmentEntry>) => void;
  readonly onDrop: (id: string) => void;
}

/** Assessments of this patient that were begun here and not sent: to go on with, or to throw away. */
export const BegunAssessments = ({ begun, onTake, onDrop }: Offers) => {
  const { t } = useTranslation(['tasks', 'intake']);
  const { time } = useFormats();
  const { modal } = App.useApp();
  if (begun.length === 0) return null;
  const askDrop = (id: string): void =>
    void modal.confirm({
      title: t('begunDropTitle'),
      content: t('intake:unsentDropText'),
      okText: t('intake:keptDrop'),
      okButtonProps: { danger: true },
      onOk: () => onDrop(id),
    });
  return (
    <section className="ribbon kept-ribbon unsent-forms" aria-label={t('begun')}>
      <span role="status">{t('begunHere', { n: begun.length })}</span>
      <ul>
        {begun.map((unsent) => (
          <li key={unsent.id}>
            {time(unsent.at)}{' '}
            <Button size="small" type="primary" onClick={() => onTake(unsent)}>
              {t('intake:unsentTake')}
            </Button>{' '}
            <Button size="small" type="text" onClick={() => askDrop(unsent.id)}>
              {t('intake:keptDrop')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
};
