import type { PackHeader } from './pack.types';
import { referenceHeader } from './reference-notice';
import type { Text } from './text';

/** A kind of complaint: the words that betray it and what to ask before judging. English words match from their beginning. */
export type ComplaintTopic = {
  readonly id: string;
  readonly words: { readonly zh: readonly string[]; readonly en: readonly string[] };
  readonly questions: readonly (Text & { readonly id: string })[];
};

/** A catalogue of complaint topics. */
export type QuestionPack = PackHeader & { readonly kind: 'questions'; readonly topics: readonly ComplaintTopic[] };

const topics: readonly ComplaintTopic[] = [
  {
    id: 'chest-pain',
    words: {
      zh: ['胸痛', '胸闷', '心前区', '心绞痛'],
      en: ['chest pain', 'chest tight', 'chest discomfort', 'angina'],
    },
    questions: [
      { id: 'onset', zh: '胸痛何时开始？是否持续？', en: 'When did the chest pain begin, and is it constant?' },
      { id: 'radiation', zh: '是否放射至手臂、下颌或背部？', en: 'Does it radiate to the arm, jaw or back?' },
      { id: 'sweating', zh: '是否伴出汗、恶心或气促？', en: 'Is there sweating, nausea or shortness of breath?' },
      { id: 'ecg', zh: '是否已在 10 分钟内做心电图？', en: 'Has an ECG been recorded within 10 minutes?' },
    ],
  },
  {
    id: 'dyspnoea',
    words: {
      zh: ['呼吸困难', '气促', '气短', '喘', '憋气'],
      en: ['dyspn', 'short of breath', 'shortness of breath', 'breathless', 'difficulty breathing', 'wheez', 'asthma'],
    },
    questions: [
      { id: 'speech', zh: '能否说完整句子？', en: 'Can the patient speak whole sentences?' },
      { id: 'sudden', zh: '是突然发生还是逐渐加重？', en: 'Did it begin suddenly or grow slowly?' },
      { id: 'copd', zh: '有无慢阻肺或Ⅱ型呼吸衰竭病史？', en: 'Is there COPD or known hypercapnic failure?' },
    ],
  },
  {
    id: 'stroke',
    words: {
      zh: ['偏瘫', '口角歪', '口眼歪斜', '言语不清', '肢体无力', '一侧肢体', '失语', '中风', '脑梗'],
      en: [
        'stroke',
        'hemiparesis',
        'hemiplegia',
        'facial droop',
        'slurred',
        'aphasia',
        'dysarthria',
        'limb weak',
        'arm weak',
        'leg weak',
        'motor weak',
        'side weak',
      ],
    },
    questions: [
      { id: 'last-well', zh: '最后一次确认正常是什么时间？', en: 'When was the patient last known well?' },
      { id: 'fast', zh: '面、臂、言语检查结果如何？', en: 'Face, arm and speech: what does the check show?' },
      { id: 'anticoagulant', zh: '是否服用抗凝药？', en: 'Is the patient on anticoagulants?' },
      { id: 'glucose', zh: '血糖是多少？', en: 'What is the glucose?' },
    ],
  },
  {
    id: 'headache',
    words: { zh: ['头痛', '头疼'], en: ['headache', 'head pain', 'migraine'] },
    questions: [
      { id: 'thunderclap', zh: '是否突发、平生最剧烈？', en: 'Was it sudden, the worst ever?' },
      { id: 'meningism', zh: '有无发热、颈强或皮疹？', en: 'Is there fever, a stiff neck or a rash?' },
      { id: 'neurology', zh: '有无视物模糊、呕吐或肢体无力？', en: 'Is there blurred vision, vomiting or weakness?' },
    ],
  },
  {
    id: 'syncope',
    words: {
      zh: ['晕厥', '昏倒', '晕倒', '黑矇', '黑蒙'],
      en: ['syncope', 'faint', 'collapse', 'passed out', 'blackout'],
    },
    questions: [
      { id: 'exertion', zh: '是否在用力或平卧时发生？', en: 'Did it happen on exertion or lying down?' },
      { id: 'palpitations', zh: '之前有无心悸或胸痛？', en: 'Were there palpitations or chest pain before it?' },
      { id: 'injury', zh: '跌倒时有无受伤？', en: 'Was anything injured in the fall?' },
    ],
  },
  {
    id: 'seizure',
    words: { zh: ['抽搐', '惊厥', '癫痫'], en: ['seizure', 'convuls', 'epilep'] },
    questions: [
      { id: 'ongoing', zh: '现在是否仍在抽搐？持续多久？', en: 'Is it going on now, and for how long?' },
      { id: 'recovered', zh: '意识是否完全恢复？', en: 'Has consciousness fully returned?' },
      { id: 'first', zh: '是否首次发作？有无发热或外伤？', en: 'Is it the first one? Any fever or injury?' },
    ],
  },
  {
    id: 'abdominal-pain',
    words: {
      zh: ['腹痛', '肚子痛', '肚子疼', '胃痛', '腹部疼'],
      en: ['abdominal pain', 'abd pain', 'stomach pain', 'belly', 'epigastric', 'flank pain'],
    },
    questions: [
      { id: 'onset', zh: '何时开始？突发还是渐起？', en: 'When did it begin, suddenly or slowly?' },
      { id: 'rigid', zh: '腹部是否板硬或拒按？', en: 'Is the abdomen rigid or guarded?' },
      {
        id: 'bleeding',
        zh: '有无呕血、黑便或停止排便排气？',
        en: 'Any blood vomited, black stool, or no stool and wind?',
      },
      {
        id: 'torsion',
        zh: '有无阴囊或下腹一侧突发疼痛？',
        en: 'Any sudden pain in the scrotum or on one side of the pelvis?',
      },
    ],
  },
  {
    id: 'fever',
    words: { zh: ['发热', '发烧', '高烧', '寒战'], en: ['fever', 'febrile', 'chills', 'rigor'] },
    questions: [
      { id: 'rash', zh: '有无皮疹、颈强或意识改变？', en: 'Is there a rash, a stiff neck or a change of mind?' },
      { id: 'immune', zh: '是否化疗、移植或免疫抑制？', en: 'Chemotherapy, a transplant or immunosuppression?' },
    ],
  },
  {
    id: 'trauma',
    words: {
      zh: ['外伤', '车祸', '摔', '坠落', '跌', '撞', '刀伤', '骨折'],
      en: ['trauma', 'injur', 'accident', 'fall', 'fell', 'fracture', 'laceration', 'stab', 'wound', 'collision'],
    },
    questions: [
      {
        id: 'mechanism',
        zh: '受伤方式与能量（高度、车速）？',
        en: 'What was the mechanism and energy (height, speed)?',
      },
      {
        id: 'loss-of-consciousness',
        zh: '有无昏迷、呕吐或失忆？',
        en: 'Any loss of consciousness, vomiting or amnesia?',
      },
      {
        id: 'neurovascular',
        zh: '肢体远端感觉与血运是否正常？',
        en: 'Are sensation and circulation beyond the injury normal?',
      },
      { id: 'anticoagulant', zh: '是否服用抗凝药？', en: 'Is the patient on anticoagulants?' },
    ],
  },
  {
    id: 'bleeding',
    words: {
      zh: ['出血', '呕血', '黑便', '便血', '咯血', '血尿', '鼻衄'],
      en: [
        'bleed',
        'hematemesis',
        'haematemesis',
        'melena',
        'melaena',
        'hemoptysis',
        'haemoptysis',
        'epistaxis',
        'hematochezia',
      ],
    },
    questions: [
      { id: 'amount', zh: '出血量多少？现在是否仍在出血？', en: 'How much blood, and is it still bleeding?' },
      { id: 'circulation', zh: '有无头晕、冷汗或面色苍白？', en: 'Any dizziness, cold sweat or pallor?' },
      { id: 'anticoagulant', zh: '是否服用抗凝或抗血小板药？', en: 'Any anticoagulant or antiplatelet medicine?' },
    ],
  },
  {
    id: 'allergy',
    words: { zh: ['过敏', '荨麻疹', '风团'], en: ['allerg', 'anaphyla', 'urticaria', 'hives'] },
    questions: [
      {
        id: 'airway',
        zh: '有无喉头发紧、声嘶或面唇肿胀？',
        en: 'Is the throat tight, the voice hoarse, the face or lips swollen?',
      },
      { id: 'trigger', zh: '诱因及时间？是否用过肾上腺素？', en: 'What set it off and when? Was adrenaline given?' },
    ],
  },
  {
    id: 'poisoning',
    words: {
      zh: ['中毒', '服毒', '误服', '过量', '农药', '一氧化碳', '煤气'],
      en: ['overdose', 'poison', 'intoxicat', 'ingest', 'carbon monoxide'],
    },
    questions: [
      { id: 'substance', zh: '何种物质、剂量、时间？', en: 'Which substance, how much, when?' },
      { id: 'intent', zh: '是否有意服用？', en: 'Was it taken on purpose?' },
    ],
  },
  {
    id: 'mental-health',
    words: {
      zh: ['自杀', '自残', '自伤', '轻生', '伤人', '躁狂'],
      en: ['suicid', 'self-harm', 'self harm', 'violent', 'psychosis', 'psychotic'],
    },
    questions: [
      { id: 'means', zh: '身边有无刀具、药物等危险物？', en: 'Are there means of harm at hand (blades, medicines)?' },
      { id: 'plan', zh: '是否有具体计划或已实施？', en: 'Is there a plan, or an attempt already?' },
      { id: 'watch', zh: '是否需要专人陪护？', en: 'Is somebody needed to stay with the patient?' },
    ],
  },
  {
    id: 'pregnancy',
    words: {
      zh: ['孕', '妊娠', '阴道流血', '宫缩', '停经', '见红'],
      en: ['pregnan', 'vaginal bleed', 'contraction', 'in labour', 'in labor', 'gestation'],
    },
    questions: [
      { id: 'weeks', zh: '孕周多少？有无产检异常？', en: 'How many weeks, and any known problem?' },
      {
        id: 'bleeding',
        zh: '有无阴道出血、流液或剧烈腹痛？',
        en: 'Any vaginal bleeding, loss of fluid or severe pain?',
      },
      {
        id: 'movement',
        zh: '胎动是否正常？有无头痛、视物模糊？',
        en: 'Does the child move as usual? Any headache or blurred vision?',
      },
    ],
  },
  {
    id: 'vomiting-diarrhoea',
    words: { zh: ['呕吐', '腹泻', '拉肚子', '脱水'], en: ['vomit', 'diarrh', 'dehydrat', 'gastroenteritis'] },
    questions: [
      { id: 'intake', zh: '能否进水？尿量如何？', en: 'Can the patient drink, and is there urine?' },
      { id: 'blood', zh: '呕吐物或大便有无血？', en: 'Is there blood in vomit or stool?' },
    ],
  },
];

/** What to ask for which complaint, before anybody judges; a reference catalogue for each hospital to edit. */
export const complaintQuestions: QuestionPack = {
  ...referenceHeader,
  kind: 'questions',
  id: 'complaint-questions',
  name: { zh: '主诉追问', en: 'Questions by complaint' },
  source: 'Product choice after the indicators of the 2018 consensus',
  topics,
};
