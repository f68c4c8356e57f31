import { type ReviewShown, assess, judge, lookAt, lookForDraft, signDraft } from '../../seed/desk';
import { awaitDraft, isCarriedOut } from '../looking';
import { type Narrator } from '../narrator';
import { type Stage } from '../stage';
import { type Target } from './forgery';
import { note } from './note-decision';

/** The nurse judges and is shown the draft; a new finding overtakes it; she looks again, asks for another and signs it. */
export const judgementAndDecision = async (stage: Stage, narrator: Narrator, target: Target): Promise<void> => {
  const shown = await reveal(stage, narrator, target);
  await overtaken(stage, narrator, { target, shown });
  await redraftAndSign(stage, narrator, target);
};

const draftedLevel = ({ draft }: ReviewShown): string => {
  const { level } = (draft?.content ?? {}) as { level?: string | null };
  return level ?? '—';
};

const reveal = async (stage: Stage, narrator: Narrator, { reviewId }: Target): Promise<ReviewShown> => {
  narrator.chapter({ zh: '护士判断，草稿揭示', en: 'The nurse judges, and the draft is revealed' });
  const { nurse } = stage.players;
  await judge(nurse.door, reviewId, 'III');
  const shown = await lookForDraft(nurse.door, reviewId);
  narrator.holds(shown.draft?.rehearsal === true, {
    zh: `${nurse.name} 先判断为 III 级，随后看到草稿：${draftedLevel(shown)} 级（演练模型）`,
    en: `the nurse’s own level is III; only then she is shown the draft: ${draftedLevel(shown)} (rehearsal model)`,
  });
  return shown;
};

const overtaken = async (
  stage: Stage,
  narrator: Narrator,
  { target, shown }: { target: Target; shown: ReviewShown },
): Promise<void> => {
  narrator.chapter({ zh: '过时的批准被拒绝', en: 'A stale approval is refused' });
  const { nurse, colleague } = stage.players;
  const { factId, floor } = await assess(colleague.door, target.caseId, {
    complaint: '胸闷加重，血压下降',
    vitals: { respiratoryRate: 24, spo2: 93, systolic: 76, diastolic: 48, pulse: 118, consciousness: 'A' },
    measuredAt: new Date().toISOString(),
  });
  narrator.holds(floor === 'II', {
    zh: `同时 ${colleague.name} 记录新的测量：血压下降，底线升至 ${floor}`,
    en: `meanwhile a colleague measures again: the blood pressure has fallen and the floor rises to ${floor}`,
  });
  const refused = await signDraft(nurse.door, shown);
  const facts: unknown = refused.ok ? [] : refused.problem['facts'];
  narrator.holds(!refused.ok && refused.status === 409 && Array.isArray(facts) && facts.includes(factId), {
    zh: `护士批准刚才看到的草稿：${refused.status} ${refused.ok ? '' : refused.problem.code}，并指出是哪条新事实`,
    en: `she approves the draft she was shown: ${refused.status} ${refused.ok ? '' : refused.problem.code}, naming the fact that overtook it`,
  });
};

const redraftAndSign = async (stage: Stage, narrator: Narrator, { reviewId }: Target): Promise<void> => {
  narrator.chapter({ zh: '重新起草，签字，执行', en: 'Drafted again, signed, carried out' });
  const { nurse } = stage.players;
  const { draft: before } = await lookAt(nurse.door, reviewId);
  const body = { notes: [{ text: '请按最新血压重新评估' }] };
  await nurse.door.ask('post', '/api/reviews/{id}/redrafts', { path: { id: reviewId }, body });
  const again = await awaitDraft(stage, reviewId, (before?.version ?? 0) + 1);
  const shown = await lookAt(nurse.door, reviewId);
  narrator.holds(again !== null && shown.draft?.version === again.version, {
    zh: `护士要求按新事实重新起草：第 ${again?.version ?? '?'} 版，${draftedLevel(shown)} 级`,
    en: `she asks for another draft on the new facts and gets version ${again?.version ?? '?'}: level ${draftedLevel(shown)}`,
  });
  const signed = await signDraft(nurse.door, shown, { reasonCode: 'data-missing' });
  const decisionId = note(stage, signed);
  narrator.holds(decisionId !== null, {
    zh: `${nurse.name} 签字：${draftedLevel(shown)} 级，与自己先前判断不同，理由“data-missing”`,
    en: `she signs level ${draftedLevel(shown)}; it differs from her own judgement, so a reason is stored`,
  });
  narrator.holds(await isCarriedOut(stage, decisionId), {
    zh: '工作流从台账读取决定并执行',
    en: 'the workflow reads the decision from the ledger and carries it out',
  });
};
