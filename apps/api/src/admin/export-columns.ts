import { type ExportKind } from './exports.schema';

/** A column of an exported file with its heading in both languages. */
export interface ExportColumn {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
}

const columns = (all: Readonly<Record<string, readonly [zh: string, en: string]>>): readonly ExportColumn[] =>
  Object.entries(all).map(([key, [zh, en]]) => ({ key, zh, en }));

/** The columns of each kind of export, none of them a patient's. */
export const exportColumns: Readonly<Record<ExportKind, readonly ExportColumn[]>> = {
  audit: columns({
    at: ['时间（UTC）', 'Time (UTC)'],
    actorKind: ['操作者类型', 'Actor kind'],
    actorId: ['操作者编号', 'Actor id'],
    actorName: ['操作者', 'Actor'],
    actorRoles: ['操作者角色', 'Actor roles'],
    requestId: ['请求编号', 'Request id'],
    action: ['操作', 'Action'],
    entityType: ['对象类型', 'Entity type'],
    entityId: ['对象编号', 'Entity id'],
    caseIds: ['涉及病例', 'Cases'],
    outcome: ['结果', 'Outcome'],
    code: ['代码', 'Code'],
    beforeSha256: ['变更前摘要（SHA-256）', 'SHA-256 before'],
    afterSha256: ['变更后摘要（SHA-256）', 'SHA-256 after'],
    detail: ['详情', 'Detail'],
  }),
  'queue-history': columns({
    caseId: ['病例编号', 'Case id'],
    wardCode: ['科室代码', 'Ward code'],
    wardName: ['科室', 'Ward'],
    ticketDay: ['取号日期', 'Ticket day'],
    ticketNo: ['排队号', 'Ticket'],
    state: ['状态', 'State'],
    straightToResus: ['直送抢救室', 'Straight to resus'],
    floor: ['规则级别下限', 'Rule floor'],
    level: ['当前级别', 'Level'],
    decidedLevel: ['签署级别', 'Signed level'],
    arrivedAt: ['到达时间（UTC）', 'Arrived (UTC)'],
    clockStartedAt: ['计时开始（UTC）', 'Clock started (UTC)'],
    limitSeconds: ['时限（秒）', 'Limit (s)'],
    calledAt: ['首次叫号（UTC）', 'First called (UTC)'],
    seenAt: ['接诊时间（UTC）', 'Seen (UTC)'],
    waitedSeconds: ['候诊时长（秒）', 'Waited (s)'],
    overLimit: ['是否超时', 'Over limit'],
    disposition: ['去向', 'Disposition'],
    dispositionAt: ['离开时间（UTC）', 'Disposition at (UTC)'],
  }),
  agreement: columns({
    levelPackId: ['分级规则包', 'Level pack'],
    levelPackVersion: ['规则包版本', 'Pack version'],
    promptId: ['提示词', 'Prompt'],
    promptVersion: ['提示词版本', 'Prompt version'],
    model: ['模型', 'Model'],
    shown: ['草稿是否展示', 'Draft shown'],
    reviews: ['审核数', 'Reviews'],
    hasty: ['不足一秒签署', 'Signed within a second'],
    pair: ['比较', 'Compared'],
    n: ['可比数', 'Comparable'],
    same: ['一致', 'Same'],
    moreUrgent: ['前者更急', 'First more urgent'],
    lessUrgent: ['前者较缓', 'First less urgent'],
  }),
};
