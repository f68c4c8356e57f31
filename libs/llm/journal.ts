import { type Asked } from './ask';
import { rawSha256, sha256 } from './digest';
import { type DraftAttempt, type DraftRecord, type RawAnswer, type RepairKind } from './outcome';
import { type CapabilityProfile } from './profile';
import { type Prompt } from './prompt';
import { TEMPERATURE } from './request-body';
import { VALIDATOR_VERSION } from './structure';

/** What is known before the first request. */
export interface JournalStart {
  prompt: Prompt<unknown>;
  input: string;
  maxTokens: number;
  model: string;
  thinking: 'default' | 'off';
}

/** Collects what happened during one draft. */
export interface Journal {
  add(asked: Asked<unknown>): void;
  attempts(): readonly DraftAttempt[];
  record(profile: CapabilityProfile): DraftRecord;
}

/** Whether a model's name says that no model is behind it: its drafts must be shown as rehearsal. */
export const isRehearsal = (model: string | null): boolean => /rehearsal/i.test(model ?? '');

/** Starts the journal of one draft. */
export const startJournal = ({ prompt, input, maxTokens, model, thinking }: JournalStart): Journal => {
  const attempts: DraftAttempt[] = [];
  const raw: RawAnswer[] = [];
  let repairs: readonly RepairKind[] = [];
  let answered: string | null = null;
  return {
    add: ({ attempt, completion, reading }) => {
      attempts.push(attempt);
      raw.push({ content: completion.content, reasoning: completion.reasoning });
      repairs = reading?.kind === 'repaired' ? reading.repairs : [];
      answered = completion.model ?? answered;
    },
    attempts: () => attempts,
    record: (profile) => ({
      promptId: prompt.id,
      promptVersion: prompt.version,
      promptSha256: prompt.sha256,
      modelConfigured: model,
      modelAnswered: answered,
      rehearsal: isRehearsal(answered) || isRehearsal(model),
      parameters: { temperature: TEMPERATURE, maxTokens, structuredMode: profile.structuredMode, thinking },
      inputSha256: sha256(input),
      rawSha256: raw.map(rawSha256),
      repairs,
      attempts,
      profile,
      validatorVersion: VALIDATOR_VERSION,
      raw,
    }),
  };
};
