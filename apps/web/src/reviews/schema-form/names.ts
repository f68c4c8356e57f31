import { useTranslation } from 'react-i18next';
import { type Both } from '../../i18n/i18n';
import { useFormats } from '../../i18n/formats';
import { type FieldSpec } from './field-spec';

/** What the fields and values of a gate are called, from the texts of its process (`<process>.json`, under the step). */
export interface Names {
  readonly title: (path: readonly string[], otherwise?: string) => string;
  readonly hint: (spec: FieldSpec) => string;
  readonly value: (path: readonly string[], value: string | number) => string;
  /** What stands for a quote that no source has. */
  readonly unsupported: string;
  /** Anything of a content, a draft or a fact in one line. */
  readonly inWords: (path: readonly string[], value: unknown) => string;
}

type Values = Readonly<Record<string, unknown>>;

/** Whether something is a text in both languages, as drafts bring them. */
export const isBoth = (value: object): value is Both =>
  typeof (value as Values)['zh'] === 'string' && typeof (value as Values)['en'] === 'string';

/** The names of a gate; a schema's own title and description stand in for a text that is not there. */
export const useNames = ({ process, step }: { readonly process: string; readonly step: string }): Names => {
  const { t } = useTranslation(['reviews', process]);
  const { text } = useFormats();
  const of = (part: string, path: readonly string[], defaultValue: string): string =>
    t(`${process}:${step}.${part}.${path.join('-')}`, { defaultValue });
  const title: Names['title'] = (path, otherwise) => of('fields', path, otherwise ?? path.at(-1) ?? '');
  const value: Names['value'] = (path, one) => of('values', [...path, String(one)], String(one));
  const inWords: Names['inWords'] = (path, one) => {
    if (one === null || one === undefined || one === '') return '—';
    if (typeof one === 'boolean') return t(one ? 'form.yes' : 'form.no');
    if (Array.isArray(one)) return one.map((item) => inWords(path, item)).join(t('form.between-items')) || '—';
    if (typeof one !== 'object') return value(path, one as string | number);
    if (isBoth(one)) return text(one);
    const parts = Object.entries(one as Values).filter(([, part]) => part !== '' && part !== null);
    return (
      parts
        .map(([name, part]) => `${title([...path, name])} ${inWords([...path, name], part)}`)
        .join(t('form.between-parts')) || '—'
    );
  };
  const unsupported = t('form.unsupported');
  return { title, unsupported, hint: ({ path, description = '' }) => of('hints', path, description), value, inWords };
};
