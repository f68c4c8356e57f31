import { useTranslation } from 'react-i18next';
import { percentOf } from './percent';
import { type ModelQuality } from './use-agreement';

/** How much more often people sign what they were shown: the gap to the drafts that nobody saw. */
export const BlindSample = ({ sample }: { readonly sample: ModelQuality['blindSample'] }) => {
  const { t } = useTranslation('quality');
  const { shown, blind, gap } = sample;
  return (
    <section className="card" aria-labelledby="blind-sample">
      <h2 id="blind-sample">{t('blindSample')}</h2>
      <p className="quiet">{t('blindMeans')}</p>
      <dl className="agreement-sums">
        <div>
          <dt>{t('whereShown')}</dt>
          <dd>
            <Share rate={shown.rate} /> {t('ofDrafts', { n: shown.n })}
          </dd>
        </div>
        <div>
          <dt>{t('whereBlind')}</dt>
          <dd>
            <Share rate={blind.rate} /> {t('ofDrafts', { n: blind.n })}
          </dd>
        </div>
        <div>
          <dt>{t('gap')}</dt>
          <dd>
            {gap === null ? <span className="quiet">{t('noGap')}</span> : <strong>{pointsOf(gap, t('points'))}</strong>}
          </dd>
        </div>
      </dl>
    </section>
  );
};

const pointsOf = (gap: number, unit: string): string => `${gap > 0 ? '+' : ''}${Math.round(gap * 100)} ${unit}`;

const Share = ({ rate }: { readonly rate: number | null }) => (
  <strong>{rate === null ? '—' : percentOf(rate, 1)}</strong>
);
