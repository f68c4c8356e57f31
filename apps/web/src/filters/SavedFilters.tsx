import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Popover } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answered, api, newKey, once } from '../api/client';
import { type Shown } from '../api/types';
import { Field } from '../app/Field';
import { ProblemText } from '../app/ProblemText';
import { isSame, queryOf } from './query';
import './filters.css';

type Filter = Shown<'/api/me/filters'>['items'][number];
const queryKey = ['saved-filters'] as const;

/** The filters a person saved of a screen: what its address asks for, under a name of their own, on every PC. */
export const SavedFilters = ({ screen }: { readonly screen: string }) => {
  const { t } = useTranslation('filters');
  const { data, error } = useQuery({ queryKey, queryFn: () => answered(api.GET('/api/me/filters')) });
  const filters = (data?.items ?? []).filter((one) => one.screen === screen);
  const content = (
    <div className="saved-filters">
      {error && <Alert type="error" role="alert" title={<ProblemText thrown={error} />} />}
      {data && filters.length === 0 && <p className="quiet">{t('empty')}</p>}
      <ul>
        {filters.map((filter) => (
          <FilterLine key={filter.id} filter={filter} />
        ))}
      </ul>
      <SaveForm screen={screen} />
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button aria-haspopup="dialog">{t('title')}</Button>
    </Popover>
  );
};

const FilterLine = ({ filter }: { readonly filter: Filter }) => {
  const { t } = useTranslation('filters');
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const dropping = useMutation({
    mutationFn: () => {
      const header = { 'If-Match': `"${filter.version}"` };
      return answered(api.DELETE('/api/me/filters/{id}', { params: { path: { id: filter.id }, header } }));
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const applied = isSame(filter.query, queryOf(search));
  return (
    <li>
      <Button
        type={applied ? 'primary' : 'text'}
        aria-pressed={applied}
        onClick={() => setSearch(filter.query, { replace: true })}
      >
        {filter.name}
      </Button>
      <Button
        type="text"
        aria-label={t('dropOf', { name: filter.name })}
        loading={dropping.isPending}
        onClick={() => dropping.mutate()}
      >
        {t('drop')}
      </Button>
      {dropping.isError && <Alert type="error" role="alert" title={<ProblemText thrown={dropping.error} />} />}
    </li>
  );
};

const SaveForm = ({ screen }: { readonly screen: string }) => {
  const { t } = useTranslation('filters');
  const client = useQueryClient();
  const [search] = useSearchParams();
  const [name, setName] = useState('');
  const [key, setKey] = useState(newKey);
  const saving = useMutation({
    mutationFn: () =>
      answered(
        api.POST('/api/me/filters', {
          params: { header: once(key) },
          body: { screen, name: name.trim(), query: queryOf(search) },
        }),
      ),
    onSuccess: async () => {
      setName('');
      setKey(newKey());
      await client.invalidateQueries({ queryKey });
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '' && !saving.isPending) saving.mutate();
  };
  return (
    <form onSubmit={onSubmit}>
      <Field label={t('saveAs')} fault={saving.isError ? <ProblemText thrown={saving.error} /> : undefined}>
        {(id) => (
          <Input
            id={id}
            value={name}
            maxLength={60}
            onChange={(event) => {
              setName(event.target.value);
              setKey(newKey());
            }}
          />
        )}
      </Field>
      <Button htmlType="submit" loading={saving.isPending} disabled={name.trim() === ''}>
        {t('save')}
      </Button>
    </form>
  );
};
