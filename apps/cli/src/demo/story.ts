/** A row of the audit as the story tells it. */
export interface AuditRow {
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly outcome: 'done' | 'refused' | 'shown' | 'alarm';
  readonly code: string | null;
  /** How many signatures a decision has; null for anything else. */
  readonly signatures: number | null;
}

/** What happened, in words; an action without words of its own is told by its name. */
const words: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'interop.applied': ['送来 ADT 消息', 'sent an ADT message'],
  'triage.register': ['登记患者', 'registered the patient'],
  'triage.assess': ['记录评估', 'entered an assessment'],
  'triage.commit': ['执行决定', 'carried the decision out'],
  'triage.warn': ['提醒等候超时', 'warned of a long wait'],
  'triage-queue.shown': ['查看候诊队列', 'saw the queue'],
  'case.shown': ['查看病例', 'saw the case'],
  'review.shown': ['查看复核', 'saw the review'],
  'review.judged': ['记录自己的判断', 'stored an own judgement'],
  'review.redraft-asked': ['要求重新起草', 'asked for another draft'],
  'review.first-signature': ['第一签名，等待会签', 'signed first; a second signature is due'],
  'review.approve': ['批准草稿并签字', 'approved the draft and signed'],
  'review.amend': ['修改草稿并签字', 'amended the draft and signed'],
  'review.manual': ['亲自定级并签字', 'signed a level of their own'],
  'draft.offer': ['提供模型草稿', 'offered the model’s draft'],
  'draft.store': ['存储模型草稿（未展示）', 'stored the model’s draft unseen'],
  'payload.rejected': ['报警：无法解密的信号', 'alarm: a signal that does not decrypt'],
  'signal.unbacked': ['报警：台账中没有的决定', 'alarm: a decision that the ledger does not have'],
  'POST /api/reviews/:id/decisions': ['试图签字', 'tried to sign'],
  'POST /api/reviews/:id/second-signatures': ['试图会签', 'tried to sign second'],
};

const coSigned = ['会签，决定生效', 'signed second; the decision stands'] as const;

/** Rows one after the other that say the same of the same person are told once, with their number. */
export interface Told extends AuditRow {
  readonly times: number;
}

/** Joins what repeats. */
export const joinRepeats = (rows: readonly AuditRow[]): Told[] => {
  const told: Told[] = [];
  for (const row of rows) {
    const last = told.at(-1);
    const same = last?.actor === row.actor && last.action === row.action && last.outcome === row.outcome;
    if (last && same) told[told.length - 1] = { ...last, times: last.times + 1 };
    else told.push({ ...row, times: 1 });
  }
  return told;
};

const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', timeStyle: 'medium' });

/** A row as a line: when, who, what; refusals with their code. */
export const lineOf = ({ at, actor, action, outcome, code, signatures, times }: Told): string => {
  const [zh, en] = signatures === 2 ? coSigned : (words[action] ?? [action, action]);
  const refused = outcome === 'refused' ? ` ✗ ${code ?? ''}` : '';
  const often = times > 1 ? ` ×${times}` : '';
  return `${clock.format(at)}  ${actor}：${zh} · ${en}${refused}${often}`;
};
