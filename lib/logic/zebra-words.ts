import type { Language } from './logic-task.ts';

export interface ZebraWord {
  readonly en: string;
  readonly zh: string;
}

/** One kind of thing that each house has one of. */
export interface ZebraAttribute {
  readonly name: ZebraWord;
  readonly values: readonly ZebraWord[];
  /** A value as the subject or object of a clue. */
  readonly phrase: Readonly<Record<Language, (value: string) => string>>;
}

function words(list: string): readonly ZebraWord[] {
  return list.split(' ').map((pair) => {
    const [en = '', zh = ''] = pair.split('/');
    return { en: en.replaceAll('_', ' '), zh };
  });
}

export const ZEBRA_ATTRIBUTES: readonly ZebraAttribute[] = [
  {
    name: { en: 'Name', zh: '姓名' },
    values: words(
      'Ada/艾达 Ben/阿本 Clara/克拉拉 David/大卫 Emma/艾玛 Felix/菲力 Greta/葛丽 Hugo/雨果',
    ),
    phrase: { en: (value) => value, zh: (value) => value },
  },
  {
    name: { en: 'Pet', zh: '宠物' },
    values: words(
      'cat/猫 dog/狗 parrot/鹦鹉 rabbit/兔子 turtle/乌龟 hamster/仓鼠 pony/小马 goldfish/金鱼',
    ),
    phrase: { en: (value) => `the owner of the ${value}`, zh: (value) => `养${value}的人` },
  },
  {
    name: { en: 'Drink', zh: '饮料' },
    values: words(
      'tea/茶 coffee/咖啡 milk/牛奶 juice/果汁 water/水 cocoa/可可 lemonade/柠檬汽水 cider/苹果酒',
    ),
    phrase: { en: (value) => `the one who drinks ${value}`, zh: (value) => `喝${value}的人` },
  },
  {
    name: { en: 'Color', zh: '颜色' },
    values: words(
      'red/红色 blue/蓝色 green/绿色 yellow/黄色 white/白色 purple/紫色 orange/橙色 brown/棕色',
    ),
    phrase: {
      en: (value) => `the one in the ${value} house`,
      zh: (value) => `住${value}房子的人`,
    },
  },
  {
    name: { en: 'Hobby', zh: '爱好' },
    values: words(
      'chess/国际象棋 painting/绘画 cooking/烹饪 gardening/园艺 swimming/游泳 photography/摄影 dancing/舞蹈 knitting/编织',
    ),
    phrase: {
      en: (value) => `the one whose hobby is ${value}`,
      zh: (value) => `爱好${value}的人`,
    },
  },
  {
    name: { en: 'Job', zh: '职业' },
    values: words(
      'teacher/教师 doctor/医生 lawyer/律师 baker/面包师 pilot/飞行员 farmer/农民 engineer/工程师 judge/法官',
    ),
    phrase: { en: (value) => `the ${value}`, zh: (value) => `当${value}的人` },
  },
  {
    name: { en: 'Food', zh: '食物' },
    values: words(
      'pizza/披萨 soup/汤 rice/米饭 pasta/意面 salad/沙拉 stew/炖菜 curry/咖喱 cheese/奶酪',
    ),
    phrase: {
      en: (value) => `the one who likes ${value}`,
      zh: (value) => `喜欢吃${value}的人`,
    },
  },
];
