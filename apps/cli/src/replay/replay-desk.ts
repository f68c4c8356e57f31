import { type ApiDoor } from '#libs/api-client/door';
import { announceSql, listenTo } from '#libs/db/announcements';
import { type Player, type Stage } from '../demo/stage';
import { patiently } from './patient-door';

/** Where visits are replayed: nurses at their doors, who signs second, and what the ledger says of drafts and effects. */
export interface ReplayDesk {
  readonly stage: Stage;
  readonly nurses: readonly ApiDoor[];
  readonly charge: Player;
  /** Resolves with true once the review has a draft, false when none came in time. */
  readonly drafted: (reviewId: string) => Promise<boolean>;
  /** Resolves once a workflow has carried the decision of the review out; rejects after a minute. */
  readonly carriedOut: (reviewId: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const drafted = { table: 'draft', key: 'review_id', channel: 'replay_drafted' };
const carriedOut = { table: 'decision', column: 'committed_at', key: 'review_id', channel: 'replay_carried_out' };

/* A little over the patience of the gate: after that a nurse decides by hand. */
const draftPatienceMs = 20_000;

/** Opens the desk on the stage of a throw-away installation: triggers announce drafts and effects, so that nothing polls. */
export const openReplayDesk = async (stage: Stage): Promise<ReplayDesk> => {
  await stage.query(announceSql(drafted) + announceSql(carriedOut));
  const url = stage.installation.env['DATABASE_MIGRATION_URL'] ?? '';
  const announced = await listenTo(url, [drafted.channel, carriedOut.channel]);
  const { nurse, colleague, charge } = stage.players;
  return {
    stage,
    nurses: [nurse, colleague].map(({ door }) => patiently(door)),
    charge: { ...charge, door: patiently(charge.door) },
    drafted: (reviewId) =>
      announced.heard(drafted.channel, reviewId, draftPatienceMs).then(
        () => true,
        () => false,
      ),
    carriedOut: (reviewId) => announced.heard(carriedOut.channel, reviewId),
    close: () => announced.close(),
  };
};
