import { useTranslation } from 'react-i18next';
import { processNames } from '#libs/processes/index';
import { ProcessCard } from './ProcessCard';
import '../admin.css';
import './automation.css';

/** How far each process uses the model, and the switch that takes it away; there is no position that signs by itself. */
export const AutomationScreen = () => {
  const { t } = useTranslation('automation');
  return (
    <section className="admin">
      <header>
        <h1>{t('title')}</h1>
        <p className="lead">{t('lead')}</p>
      </header>
      {processNames.map((process) => (
        <ProcessCard key={process} process={process} />
      ))}
    </section>
  );
};
