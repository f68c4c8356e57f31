import { useTranslation } from 'react-i18next';
import { type PackVersion } from './use-rule-packs';

const tones = { draft: 'state-warn', scheduled: 'state-warn', active: 'state-good', superseded: '' } as const;

/** Where a version stands, in a word. */
export const PackState = ({ version: { state } }: { readonly version: Pick<PackVersion, 'state'> }) => {
  const { t } = useTranslation('packs');
  return <span className={`state ${tones[state]}`}>{t(`states.${state}`)}</span>;
};
