import { type Text } from '#libs/packs/text';
import { type TriageFormat } from '#libs/scoring/triage-file';

const ofAll: readonly Text[] = [
  {
    zh: '每个签名都以演示医院护士之名、按文件中的级别作出，不同之处注明理由 replay；无人重新判断过患者',
    en: 'every signature is a demo nurse’s with the level of the file, and the reason replay where it differs; nobody weighed the patient anew',
  },
  {
    zh: '文件中没有级别的按底线签；连底线也没有的按 IV 级签',
    en: 'where the file has no level, the floor is signed; where there is no floor either, IV',
  },
  {
    zh: '低于底线的级别由演示护士长会签',
    en: 'a level below the floor gets the second signature of the demo charge nurse',
  },
  {
    zh: '草稿来自演练模型，仅按规则起草，不能说明 DeepSeek 的表现',
    en: 'drafts are of the rehearsal model, which writes them from rules: they say nothing of DeepSeek',
  },
];

const ofFormat: Readonly<Record<TriageFormat, readonly Text[]>> = {
  ktas: [{ zh: 'KTAS 4、5 级记为 IV 级', en: 'KTAS 4 and 5 count as IV' }],
  danish: [
    {
      zh: '颜色当作级别：红 I、橙 II、黄 III、绿 IV；没有专家结论，因此不计漏判和过度分诊',
      en: 'colours stand for levels: red I, orange II, yellow III, green IV; no expert judged, so neither missed nor over-triage is counted',
    },
    { zh: '文件没有主诉，按未记录处理', en: 'the file has no complaints: each is not recorded' },
  ],
};

/** What stands for something that a data set does not say: said beside every figure of its replay. */
export const proxiesOf = (format: TriageFormat): readonly Text[] => [...ofAll, ...ofFormat[format]];
