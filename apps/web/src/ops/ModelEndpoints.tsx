import { useTranslation } from 'react-i18next';
import { type Operations } from '../api/types';
import { useFormats } from '../i18n/formats';
import { ProbeNow } from './ProbeNow';
import { useSpan } from './use-span';

type Worker = Operations['workers'][number];
type Model = NonNullable<Worker['model']>;

/** How each live worker reaches its model: what the last probe found, what the endpoint can do, and whether it is asked now. */
export const ModelEndpoints = ({ workers }: { readonly workers: Operations['workers'] }) => {
  const { t } = useTranslation('ops');
  const live = workers.filter((worker): worker is Worker & { model: Model } => worker.live && worker.model !== null);
  return (
    <section className="card" aria-label={t('modelsTitle')}>
      <h2>{t('modelsTitle')}</h2>
      {live.length > 0 && <ProbeNow probes={live.map(({ id, model }) => `${id} ${model.probe?.at}`)} />}
      {live.length === 0 && <p className="quiet">{t('noModels')}</p>}
      {live.map(({ id, host, pid, model }) => (
        <article key={id} className="endpoint">
          <h3>
            {model.model} {model.rehearsal && <span className="standing standing-warn">{t('rehearsal')}</span>}{' '}
            <span className="quiet">{t('ofWorker', { host, pid })}</span>
          </h3>
          <Endpoint model={model} />
        </article>
      ))}
    </section>
  );
};

const useYesNo = (): ((yes: boolean) => string) => {
  const { t } = useTranslation('common');
  return (yes) => t(yes ? 'yes' : 'no');
};

const Endpoint = ({ model }: { readonly model: Model }) => {
  const { t } = useTranslation('ops');
  const yesNo = useYesNo();
  const probe = useProbeWords(model);
  const breaker = useBreakerWords(model);
  const { profile } = model;
  const mode = t(`structuredModes.${profile.structuredMode}`);
  const facts: readonly (readonly [string, string])[] = [
    [
      'origin',
      model.origin ??
        t('refusedBecause', { why: t(`refusals.${model.refused}`, { defaultValue: model.refused ?? '' }) }),
    ],
    ['probe', probe],
    ['breaker', breaker],
    ['slots', t('slotsAre', { ...model.slots })],
    ['structured', t(profile.structuredModeProven ? 'proven' : 'assumed', { mode })],
    ['listed', profile.models === null ? '—' : t(`listings.${profile.models}`)],
    ['context', profile.contextSize === null ? '—' : t('tokens', { n: profile.contextSize })],
    ['thinking', profile.reasoningField ?? t('notSeen')],
    ['thinkingOff', profile.thinkingSwitch ?? t('notKnown')],
    ['streamUsage', yesNo(profile.streamUsage)],
    ['healthPath', profile.healthPath ?? '—'],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`modelFacts.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const useProbeWords = ({ probe }: Model): string => {
  const { t } = useTranslation('ops');
  const { dateTime } = useFormats();
  if (probe === null) return t('notProbed');
  if (probe.ok) return t('probeGood', { at: dateTime(probe.at) });
  const why = t(`refusals.${probe.reason}`, { defaultValue: probe.reason ?? '' });
  return t('probeFailed', { at: dateTime(probe.at), why });
};

const useBreakerWords = ({ breaker, breakerWaitMs }: Model): string => {
  const { t } = useTranslation('ops');
  const span = useSpan();
  return t(`breakers.${breaker}`, { span: span(breakerWaitMs / 1000) });
};
