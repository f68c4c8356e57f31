import { answered, api, newKey, once, onceAt } from '../api/client';
import { type Review } from '../api/types';
import { type OfferName } from './offers';
import { type Intention } from './use-sending';

/** What each act is told with; claims are told with nothing. */
export interface ActBodies {
  readonly defer: { readonly until: string; readonly reason: string };
  readonly escalate: { readonly reason: string };
  readonly redraft: { readonly notes: { text: string; field: string | null }[] };
  readonly reassign: { readonly userId: string };
  readonly 'withdraw-signature': { readonly signatureId: string; readonly reason?: string };
  readonly claim: null;
  readonly renew: null;
  readonly release: null;
  readonly take: null;
}

/** Something done with a review beside signing it. */
export type Act = {
  readonly [N in OfferName]: Intention & { readonly name: N; readonly body: ActBodies[N] };
}[OfferName];

/** A new act of a person. */
export const actOf = <N extends OfferName>(name: N, body: ActBodies[N]): Act =>
  ({ key: newKey(), name, body }) as unknown as Act;

/** Does it; throws a {@link Problem}. */
export const doAct = async ({ reviewId, version }: Review, act: Act): Promise<void> => {
  const params = { path: { id: reviewId }, header: once(act.key) };
  switch (act.name) {
    case 'claim':
    case 'renew':
      await answered(api.POST('/api/reviews/{id}/claim', { params }));
      return;
    case 'release':
    case 'take':
      await answered(api.POST('/api/reviews/{id}/release', { params }));
      return;
    case 'reassign':
      await answered(api.POST('/api/reviews/{id}/reassign', { params, body: act.body }));
      return;
    case 'defer':
      await answered(api.POST('/api/reviews/{id}/deferrals', { params, body: act.body }));
      return;
    case 'escalate':
      await answered(api.POST('/api/reviews/{id}/escalations', { params, body: act.body }));
      return;
    case 'redraft':
      await answered(api.POST('/api/reviews/{id}/redrafts', { params, body: act.body }));
      return;
    case 'withdraw-signature': {
      const header = onceAt(act.key, version);
      await answered(
        api.POST('/api/reviews/{id}/signature-withdrawals', {
          params: { path: params.path, header },
          body: act.body,
        }),
      );
    }
  }
};
