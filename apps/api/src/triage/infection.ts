import { type FactEntity } from '#libs/db/entities/fact.entity';
import { type TriagePacks } from '#libs/packs/pack.types';
import { screeningOf } from '#libs/packs/reference-packs';
import { type InfectionScreening, screened, screenInfection } from '#libs/processes/triage/triage.screening';

/** A fact with its opened content. */
export interface OpenedFact {
  readonly fact: FactEntity;
  readonly content: unknown;
}

/** What the infection screening in force says of the facts of a case, oldest first. */
export const infectionOf = (facts: readonly OpenedFact[], packs: TriagePacks): InfectionScreening =>
  screenInfection(
    facts.flatMap(({ fact, content }) => {
      const { temperature } = fact.vitals as { temperature?: number };
      const spoken = fact.kind === 'screening' || fact.source === 'person' || fact.source === 'prehospital';
      return screened({ kind: fact.kind, content: spoken ? content : null, temperature: temperature ?? null }) ?? [];
    }),
    screeningOf(packs),
  );
