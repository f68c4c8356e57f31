import { useTranslation } from 'react-i18next';
import { type Pair } from './agreement-sums';
import { percentOf } from './percent';

interface AgreementBarProps {
  readonly pair: Pair;
  readonly label: string;
  readonly wide?: boolean;
}

const width = 160;
const height = 12;

/** How often two of them agreed: a bar, and the same in numbers. */
export const AgreementBar = ({ pair, label, wide = false }: AgreementBarProps) => {
  const { t } = useTranslation('quality');
  const { n, same, moreUrgent, lessUrgent } = pair;
  if (n === 0) return <span className="quiet">{t('nothing')}</span>;
  const x = (part: number): number => (part / n) * width;
  const said = t('said', { same, n, more: moreUrgent, less: lessUrgent });
  return (
    <span className="agreement-bar">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={wide ? width * 1.5 : width}
        height={height}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}: ${said}`}
      >
        <rect className="bar-same" width={x(same)} height={height} />
        <rect className="bar-more" x={x(same)} width={x(moreUrgent)} height={height} />
        <rect className="bar-less" x={x(same + moreUrgent)} width={x(lessUrgent)} height={height} />
      </svg>
      <span>
        <strong>{percentOf(same, n)}</strong> {said}
      </span>
    </span>
  );
};
