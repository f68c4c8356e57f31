import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { triagePacksSchema } from '#libs/packs/pack.schema';
import { type TriagePacks } from '#libs/packs/pack.types';
import { answered, api, once, onceAt } from '../../api/client';
import { type Done, type Shown } from '../../api/types';
import { useIntention } from '../use-intention';

/** The versions, newest first, and what is in force. */
export type RulePackList = Shown<'/api/admin/rule-packs'>;
export type PackVersion = RulePackList['items'][number];
export type ReferenceName = RulePackList['references'][number];
/** A version with its content. */
export type RulePacks = Shown<'/api/admin/rule-packs/{id}'>;
/** What a dry run found. */
export type DryRun = Done<'/api/admin/rule-packs/{id}/dry-runs'>;

/* A hospital changes its rules some times a year; older versions than these are in the audit. */
const limit = 200;

/** The versions of the hospital and by what its desk works now. */
export const useRulePacks = () =>
  useQuery({
    queryKey: ['rule-packs', 'list'],
    queryFn: () => answered(api.GET('/api/admin/rule-packs', { params: { query: { limit } } })),
  });

/** A version with its content; nothing is read without an id. */
export const useRulePack = (id: string | null) =>
  useQuery({
    queryKey: ['rule-packs', 'version', id],
    enabled: id !== null,
    queryFn: () => answered(api.GET('/api/admin/rule-packs/{id}', { params: { path: { id: id ?? '' } } })),
  });

/** A set that ships with the product; nothing is read without a name. */
export const useReference = (name: ReferenceName | null) =>
  useQuery({
    queryKey: ['rule-packs', 'reference', name],
    enabled: name !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      answered(
        api.GET('/api/admin/rule-packs/references/{name}', {
          params: { path: { name: name ?? 'cn-consensus-2018' } },
        }),
      ),
  });

/** The content as rules of this release; null where this release cannot read it. */
export const packsOf = (content: unknown): TriagePacks | null => {
  const read = triagePacksSchema.safeParse(content);
  return read.success ? read.data : null;
};

/** Stores an edited set as the next version. */
export const useEditPacks = () => {
  const client = useQueryClient();
  const intention = useIntention();
  return useMutation({
    mutationFn: (body: { readonly note: string; readonly content: unknown }) =>
      answered(
        api.POST('/api/admin/rule-packs', { params: { header: once(intention.keyOf(body)) }, body: body as never }),
      ),
    onSuccess: () => {
      intention.done();
      return client.invalidateQueries({ queryKey: ['rule-packs'] });
    },
  });
};

/** Tries a version on past cases; changes nothing. */
export const useDryRun = (id: string) =>
  useMutation({
    mutationFn: (body: { readonly from: string; readonly limit: number }) =>
      answered(api.POST('/api/admin/rule-packs/{id}/dry-runs', { params: { path: { id } }, body })),
  });

/** Approves the version that is shown, from now or from a moment on. */
export const useApprove = ({ id, sha256, version }: RulePacks) => {
  const client = useQueryClient();
  const intention = useIntention();
  return useMutation({
    mutationFn: (effectiveFrom: string | null) => {
      const body = { sha256, ...(effectiveFrom !== null && { effectiveFrom }) };
      const header = onceAt(intention.keyOf({ body, version }), version);
      return answered(api.POST('/api/admin/rule-packs/{id}/approvals', { params: { path: { id }, header }, body }));
    },
    onSuccess: () => intention.done(),
    onSettled: () => client.invalidateQueries({ queryKey: ['rule-packs'] }),
  });
};

/** Stores an earlier content as the next version. */
export const useRollBack = (id: string) => {
  const client = useQueryClient();
  const intention = useIntention();
  return useMutation({
    mutationFn: (note: string) => {
      const header = once(intention.keyOf({ id, note }));
      return answered(
        api.POST('/api/admin/rule-packs/{id}/rollbacks', { params: { path: { id }, header }, body: { note } }),
      );
    },
    onSuccess: () => {
      intention.done();
      return client.invalidateQueries({ queryKey: ['rule-packs'] });
    },
  });
};
