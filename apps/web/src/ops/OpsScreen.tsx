import { Segmented } from 'antd';
import { type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ReadAt } from '../app/ReadAt';
import { Reading } from '../app/Reading';
import { type Operations } from '../api/types';
import { Configuration } from './Configuration';
import { DeadLetters } from './letters/DeadLetters';
import { Overview } from './Overview';
import { Repairs } from './repairs/Repairs';
import { useOperations } from './use-operations';
import './ops.css';

const parts = {
  overview: Overview,
  letters: DeadLetters,
  repairs: Repairs,
  configuration: Configuration,
} satisfies Record<string, ComponentType<{ readonly of: Operations }>>;
type Part = keyof typeof parts;

const usePart = (): [Part, (part: Part) => void] => {
  const [search, setSearch] = useSearchParams();
  const named = search.get('part') ?? '';
  return [named in parts ? (named as Part) : 'overview', (part) => setSearch({ part }, { replace: true })];
};

const countOf = (part: Part, { deadLetters, outbox }: Operations): number =>
  part === 'letters' ? deadLetters : part === 'repairs' ? outbox.dead : 0;

/** How this installation stands, for whoever keeps it running. */
export const OpsScreen = () => {
  const { t } = useTranslation(['ops', 'nav']);
  const query = useOperations();
  const [part, choose] = usePart();
  const Part = parts[part];
  const labelOf = (one: Part): string => {
    const n = query.data ? countOf(one, query.data) : 0;
    return n === 0 ? t(`parts.${one}`) : t('partWith', { part: t(`parts.${one}`), n });
  };
  return (
    <section className="ops">
      <header className="ops-head">
        <h1>{t('nav:ops')}</h1>
        <Segmented<Part>
          aria-label={t('partsLabel')}
          options={(Object.keys(parts) as Part[]).map((one) => ({ value: one, label: labelOf(one) }))}
          value={part}
          onChange={choose}
        />
        <ReadAt query={query} />
      </header>
      <Reading query={query}>{(of) => <Part of={of} />}</Reading>
    </section>
  );
};
