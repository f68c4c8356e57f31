import { type Dice } from './dice';

/** Sex as the names know it. */
export type NameSex = 'female' | 'male';

/** What every made-up name carries, so that nobody takes it for a person's. */
export const demoMark = '（演示）';

const surnames = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '黄',
  '赵',
  '周',
  '吴',
  '徐',
  '孙',
  '马',
  '朱',
  '胡',
  '林',
] as const;
const more = ['郭', '何', '高', '罗', '郑', '梁', '谢', '宋', '唐', '许', '韩', '冯', '邓', '曹', '彭', '曾'] as const;

const given = {
  female: [
    '芳',
    '娜',
    '敏',
    '静',
    '秀英',
    '丽娟',
    '桂兰',
    '雨桐',
    '玉梅',
    '晓燕',
    '欣怡',
    '淑珍',
    '婷',
    '慧',
    '雪',
    '红',
  ],
  male: ['伟', '强', '磊', '军', '洋', '勇', '志明', '建国', '浩然', '文博', '国庆', '海涛', '鹏', '杰', '宇', '刚'],
} as const satisfies Record<NameSex, readonly [string, ...string[]]>;

/** Hands out names of made-up people, each once: the dice choose, and a name that was given is passed over. */
export const createNames = (dice: Dice): ((sex: NameSex) => string) => {
  const taken = new Set<string>();
  return (sex) => {
    for (;;) {
      const name = dice.pick([...surnames, ...more]) + dice.pick(given[sex]);
      if (taken.has(name)) continue;
      taken.add(name);
      return name + demoMark;
    }
  };
};
