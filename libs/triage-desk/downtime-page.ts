import { createHash } from 'node:crypto';
import type { Text } from '#libs/packs/text';
import { cnFourLevels, type Level } from '#libs/processes/triage/triage.level';
import { type DowntimeList, type ListedArrival, type ListedPatient } from './downtime-list';
import { flagName } from './flag-names';

/** How many patients stand on one sheet of A4, landscape. */
const perSheet = 8;

const style = `
@page { size: A4 landscape; margin: 9mm }
* { box-sizing: border-box }
body { margin: 0; font: 10pt/1.3 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", SimSun, sans-serif; color: #000; background: #fff }
.sheet { padding: 3mm }
.sheet + .sheet { break-before: page }
header { display: flex; justify-content: space-between; align-items: flex-end; border-bottom: 2pt solid #000 }
h1 { font-size: 14pt; margin: 0 } h2 { font-size: 11pt; margin: 3mm 0 1mm }
.asof { font-size: 22pt; font-weight: 700; text-align: center }
.copy { font-weight: 700; border: 1.5pt solid #000; padding: 1mm 2mm; margin: 1.5mm 0 }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th, td { border: .6pt solid #000; padding: .8mm 1mm; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { font-size: 8pt } tr { break-inside: avoid }
.level { font-size: 15pt; font-weight: 700 } .strong { font-weight: 700 } .small { font-size: 8pt }
.c1 { width: 5% } .c2 { width: 13% } .c3 { width: 11% } .c4 { width: 8% } .c5 { width: 14% } .c6 { width: 17% } .c7 { width: 15% } .c8 { width: 8% } .c9 { width: 9% }
`;

/** The content security policy of the page: it loads nothing, and only its own style counts. */
export const downtimePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

const shapes = { octagon: '⬣', diamond: '◆', triangle: '▲', circle: '●' } as const;
const sexes: Readonly<Record<string, Text>> = {
  female: { zh: '女', en: 'F' },
  male: { zh: '男', en: 'M' },
  other: { zh: '其他', en: 'other' },
};
const unknownSex: Text = { zh: '性别不详', en: 'sex unknown' };
const states: Readonly<Record<string, Text>> = {
  'awaiting-assessment': { zh: '待评估', en: 'to be assessed' },
  assessing: { zh: '待签级', en: 'level unsigned' },
  waiting: { zh: '候诊', en: 'waiting' },
  called: { zh: '已叫号', en: 'called' },
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
const both = ({ zh, en }: Text): string => (zh === en ? escaped(zh) : `${escaped(zh)} ${escaped(en)}`);
const cell = (lines: readonly string[], kind = ''): string =>
  `<td${kind && ` class="${kind}"`}>${lines.join('<br>')}</td>`;
const row = (cells: readonly string[]): string => `<tr>${cells.join('')}</tr>`;

const clockOf = (timeZone: string): ((at: Date | string) => string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (at) => format.format(new Date(at));
};
/** Month, day and time: the year stands in the head. */
const shortly = (stamp: string): string => stamp.slice(5);

const levelCell = (level: string | null, provisional: boolean): string => {
  if (level === null) return cell(['–', '未定级 no level']);
  const { numeral, name, shape } = cnFourLevels.levels[level as Level];
  return cell([
    `<span class="level">${shapes[shape]} ${escaped(numeral)}</span>`,
    both(name),
    ...(provisional ? ['<span class="strong">暂定 provisional</span>'] : []),
  ]);
};

const vitalNames: Readonly<Record<string, string>> = {
  respiratoryRate: 'RR',
  spo2: 'SpO₂',
  onOxygen: 'O₂',
  systolic: 'SBP',
  diastolic: 'DBP',
  pulse: 'HR',
  temperature: 'T',
  consciousness: 'ACVPU',
  gcs: 'GCS',
  painScore: '疼痛 pain',
  flacc: 'FLACC',
  glucose: '血糖 glucose',
  potassium: 'K⁺',
};

const vitalsCell = (vitals: ListedPatient['vitals'], clock: (at: Date | string) => string): string => {
  if (!vitals) return cell(['未测 not measured']);
  const values = Object.entries(vitals.values).flatMap(([id, value]) => {
    const name = vitalNames[id];
    return name === undefined ? [] : [`${name} ${escaped(id === 'onOxygen' ? (value ? '+' : '–') : String(value))}`];
  });
  const told = vitals.source === 'prehospital' ? ['院前 prehospital'] : [];
  return cell([`<span class="strong">${shortly(clock(vitals.at))}</span>`, ...told, values.join(' · ')]);
};

const allergiesOf = (allergies: readonly string[] | null): string => {
  if (allergies === null) return '未询问 not asked';
  return allergies.length === 0
    ? '无已知过敏 none known'
    : `<span class="strong">${allergies.map(escaped).join('、')}</span>`;
};

const flagsCell = ({ flags, infection, specialGroup, prehospital }: ListedPatient['row']): string => {
  const held = infection?.precautions.filter(({ holds }) => holds) ?? [];
  const unasked = infection?.notAsked.length ?? 0;
  return cell([
    ...held.map((one) => `<span class="strong">⚠ ${both(one)}</span>`),
    ...flags.map((id) => both(flagName(id))),
    ...(specialGroup ? ['特殊人群 special group'] : []),
    ...(prehospital ? ['仅院前资料 prehospital data only'] : []),
    ...(unasked > 0 ? [`<span class="small">传染病筛查 ${unasked} 项未问 screening: ${unasked} not asked</span>`] : []),
  ]);
};

const patientRow = ({ row: one, vitals }: ListedPatient, clock: (at: Date | string) => string): string => {
  const { patient, reassessAt, reassessOverdue } = one;
  const stamp = reassessAt === null ? '–' : shortly(clock(reassessAt));
  return row([
    cell([`<span class="level">${one.ticketNo}</span>`]),
    cell([
      `<span class="strong">${escaped(patient.name)}</span>`,
      `${both(sexes[patient.sex] ?? unknownSex)} · ${both(patient.age)}`,
    ]),
    levelCell(one.level, one.provisional),
    cell([
      shortly(clock(one.arrivedAt)),
      both(states[one.state] ?? { zh: one.state, en: one.state }),
      ...(one.room === null ? [] : [escaped(one.room)]),
    ]),
    cell([escaped(one.complaint ?? '–'), `<span class="small">过敏 allergies:</span> ${allergiesOf(one.allergies)}`]),
    vitalsCell(vitals, clock),
    flagsCell(one),
    cell([stamp, ...(reassessOverdue ? ['<span class="strong">已逾期 overdue</span>'] : [])]),
    cell([]),
  ]);
};

const patientHeads = [
  '号 Ticket',
  '姓名 性别 年龄 Name, sex, age',
  '级别 Level',
  '到达 Waiting since',
  '主诉 过敏 Complaint, allergies',
  '最近生命体征 Last vital signs',
  '标记 Flags',
  '下次复评 Reassess by',
  '备注 Notes',
];

const headRow = (heads: readonly string[]): string =>
  `<tr>${heads.map((head, at) => `<th class="c${at + 1}">${head}</th>`).join('')}</tr>`;

const expectedTable = (expected: readonly ListedArrival[], clock: (at: Date | string) => string): string => {
  if (expected.length === 0) return '';
  const rows = expected.map((one) =>
    row([
      cell([`<span class="strong">${shortly(clock(one.expectedAt))}</span>`]),
      cell([`${both(sexes[one.sex] ?? unknownSex)} · ${both(one.age)}`]),
      levelCell(one.floor, one.floor !== null),
      cell([escaped(one.complaint)]),
      cell([escaped(one.service)]),
    ]),
  );
  const heads = ['预计到达 Expected', '性别 年龄 Sex, age', '底线级别 Floor', '主诉 Complaint', '来源 Announced by'];
  const head = `<tr>${heads.map((text) => `<th>${text}</th>`).join('')}</tr>`;
  return `<h2>院前预告 On the way</h2><table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>`;
};

const sheetsOf = ({ patients }: DowntimeList): ListedPatient[][] =>
  Array.from({ length: Math.max(1, Math.ceil(patients.length / perSheet)) }, (_, at) =>
    patients.slice(at * perSheet, (at + 1) * perSheet),
  );

/**
 * The list as one self-contained page to be read or printed in black and white: each sheet says of when it is and that
 * it is a copy, and counts itself. Level by numeral, word and shape; times of the hospital.
 */
export const downtimePage = (list: DowntimeList): string => {
  const clock = clockOf(list.timeZone);
  const sheets = sheetsOf(list);
  const title = `${list.hospital} · ${list.ward.name}`;
  const head = (
    number: number,
  ): string => `<header><div><h1>${escaped(title)}</h1>分诊停机名单 Triage downtime list · ${list.patients.length} 人 patients</div>
<div class="asof">截至 as of<br>${clock(list.at)}</div><div>第 ${number}/${sheets.length} 页<br>page ${number} of ${sheets.length}</div></header>
<p class="copy">本页为副本，可能已过时：请以系统恢复后的记录为准。This page is a copy and may be out of date.</p>`;
  const sheet = (patients: readonly ListedPatient[], at: number): string => {
    const rows = patients.map((patient) => patientRow(patient, clock)).join('');
    const table =
      rows === ''
        ? '<p>当前没有候诊患者 Nobody is waiting</p>'
        : `<table><thead>${headRow(patientHeads)}</thead><tbody>${rows}</tbody></table>`;
    const last = at === sheets.length - 1 ? expectedTable(list.expected, clock) : '';
    return `<section class="sheet">${head(at + 1)}${table}${last}</section>`;
  };
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${downtimePolicy}">
<meta name="viewport" content="width=device-width"><title>${escaped(title)} ${clock(list.at)}</title><style>${style}</style></head>
<body>${sheets.map(sheet).join('\n')}</body></html>
`;
};
