import { assess, lookAt } from '../../seed/desk';
import { awaitDraft } from '../looking';
import { type Narrator } from '../narrator';
import { type Stage } from '../stage';

const complaint = '活动后胸闷三小时，伴出汗，休息后稍缓解';

/** A nurse assesses; rules place the patient at once, the model drafts beside it and nobody is shown the draft yet. */
export const firstAssessment = async (stage: Stage, narrator: Narrator, caseId: string): Promise<string> => {
  narrator.chapter({ zh: '首次评估与草稿', en: 'First assessment, and a draft' });
  stage.canaries.push(complaint);
  const { nurse } = stage.players;
  const answer = await assess(nurse.door, caseId, {
    complaint,
    vitals: {
      respiratoryRate: 18,
      spo2: 96,
      onOxygen: false,
      systolic: 138,
      diastolic: 84,
      pulse: 104,
      temperature: 36.7,
      consciousness: 'A',
    },
    measuredAt: new Date().toISOString(),
  });
  narrator.holds(answer.level === 'III' && answer.reviewId !== null, {
    zh: `${nurse.name} 录入主诉与生命体征；规则立即给出底线 ${answer.floor}（暂定），并打开复核`,
    en: `the nurse enters complaint and vital signs; the rules put the patient at floor ${answer.floor} (provisional) and a review opens`,
  });
  const reviewId = answer.reviewId ?? '';
  await drafted(stage, narrator, reviewId);
  return reviewId;
};

/** The model has drafted, and nobody who has not judged is shown it. */
const drafted = async (stage: Stage, narrator: Narrator, reviewId: string): Promise<void> => {
  const { model, version, rehearsal } = (await awaitDraft(stage, reviewId)) ?? {
    model: '—',
    version: 0,
    rehearsal: false,
  };
  narrator.holds(rehearsal, {
    zh: `演练模型（${model}）写出草稿第 ${version} 版，标注“演练”`,
    en: `the rehearsal model (${model}) writes draft version ${version}, labelled as rehearsal`,
  });
  const shown = await lookAt(stage.players.nurse.door, reviewId);
  narrator.holds(shown.draft === null && shown.rules !== null, {
    zh: '护士先自己判断：此时接口只给规则结果，不给草稿',
    en: 'the nurse judges first: the API shows what the rules say and not the draft',
  });
};
