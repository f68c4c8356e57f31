import { type Role, type Scope } from '#libs/auth/roles';
import { createDice } from './dice';
import { createNames, demoMark, type NameSex } from './names';

/** A ward of the demo hospital; `code` is also the unit in PV1-3 of the ADT feed. */
export interface DemoWard {
  readonly code: string;
  readonly name: string;
}

/** A person of the demo hospital; the role is held on these wards, or on all (`null`). */
export interface DemoPerson {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly title: string;
  readonly wards: readonly string[] | null;
  readonly licenceNo: string | null;
}

/** The demo hospital; every name in it says that it is made up. */
export interface DemoHospital {
  readonly name: string;
  readonly timeZone: string;
  readonly wards: readonly DemoWard[];
  readonly people: readonly DemoPerson[];
  readonly feed: { readonly name: string; readonly scopes: readonly Scope[] };
}

/** The wards by their codes; the triage desk is where patients arrive. */
export const wardCodes = {
  desk: 'EDTR',
  resuscitation: 'RESU',
  medicine: 'EDIM',
  surgery: 'EDSU',
  chestPain: 'CPC',
  stroke: 'STRK',
  fever: 'FEVC',
  children: 'EDPE',
  intensive: 'ICU',
  cardiology: 'CARD',
  respiratory: 'RESP',
} as const;

const wardNames: Readonly<Record<(typeof wardCodes)[keyof typeof wardCodes], string>> = {
  EDTR: '急诊分诊台',
  RESU: '抢救室',
  EDIM: '急诊内科',
  EDSU: '急诊外科',
  CPC: '胸痛中心',
  STRK: '卒中中心',
  FEVC: '发热门诊',
  EDPE: '儿科急诊',
  ICU: '重症医学科',
  CARD: '心内科病房',
  RESP: '呼吸科病房',
};

type Post = Omit<DemoPerson, 'name'> & { readonly sex: NameSex };

const emergency = ['EDTR', 'RESU', 'EDIM', 'EDSU', 'CPC', 'STRK', 'FEVC', 'EDPE'];

const nurse = (login: string, licence: number): Post => ({
  login,
  sex: 'female',
  role: 'triage_nurse',
  title: '分诊护士 triage nurse',
  wards: emergency,
  licenceNo: `DEMO-N-${1000 + licence}`,
});

const physician = (login: string, sex: NameSex, licence: number): Post => ({
  login,
  sex,
  role: 'physician',
  title: '急诊医师 physician',
  wards: null,
  licenceNo: `DEMO-P-${2000 + licence}`,
});

const office = (login: string, role: Role, title: string): Post => ({
  login,
  role,
  title,
  sex: 'male',
  wards: null,
  licenceNo: null,
});

const posts: readonly Post[] = [
  nurse('nurse1', 1),
  nurse('nurse2', 2),
  { ...nurse('charge1', 3), role: 'charge_nurse', title: '护士长 charge nurse' },
  physician('doctor1', 'male', 1),
  physician('doctor2', 'female', 2),
  { ...office('beds1', 'bed_manager', '床位管理员 bed manager'), sex: 'female' },
  {
    ...nurse('ward1', 4),
    role: 'ward_nurse',
    title: '病房护士 ward nurse',
    wards: ['CARD', 'RESP'],
  },
  { ...office('coder1', 'coder', '病案编码员 coder'), sex: 'female' },
  office('billing1', 'billing_lead', '医保结算主管 billing lead'),
  { ...physician('lead1', 'female', 3), role: 'clinical_lead', title: '临床负责人 clinical lead' },
  office('sysadmin', 'system_admin', '系统管理员 system administrator'),
  office('secadmin', 'security_admin', '安全管理员 security administrator'),
  { ...office('auditor', 'auditor', '审计员 auditor'), sex: 'female' },
];

/** The demo hospital, the same at every call: at least one person in every role. */
export const demoHospital = (): DemoHospital => {
  const nameOf = createNames(createDice(20261123));
  return {
    name: '示范医院（演示数据 demo data）',
    timeZone: 'Asia/Shanghai',
    wards: Object.entries(wardNames).map(([code, name]) => ({ code, name: name + demoMark })),
    people: posts.map(({ sex, ...post }) => ({ ...post, name: nameOf(sex) })),
    feed: { name: `ADT 接口${demoMark}`, scopes: ['hl7v2:write', 'triage:write'] },
  };
};
