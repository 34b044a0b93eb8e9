import type { Language } from './logic-task.ts';
import type { Word } from './things.ts';

export interface Kind {
  readonly name: Word;
  readonly things: readonly (Word & { readonly measure: string })[];
}

/** English plural, Chinese measure word and noun, written `plural/measure/noun`. */
function kind(en: string, zh: string, list: string): Kind {
  return {
    name: { en, zh },
    things: list.split(',').map((entry) => {
      const [plural = '', measure = '', noun = ''] = entry.split('/');
      return { en: plural, measure, zh: noun };
    }),
  };
}

/** No thing belongs to two kinds. */
export const KINDS: readonly Kind[] = [
  kind(
    'pieces of fruit',
    '水果',
    'apples/个/苹果,bananas/根/香蕉,peaches/个/桃子,pears/个/梨,plums/个/李子,mangoes/个/芒果,lemons/个/柠檬,apricots/个/杏子',
  ),
  kind(
    'animals',
    '动物',
    'cats/只/猫,rabbits/只/兔子,goats/只/山羊,ducks/只/鸭子,hamsters/只/仓鼠,horses/匹/马,parrots/只/鹦鹉,turtles/只/乌龟',
  ),
  kind(
    'vehicles',
    '交通工具',
    'bicycles/辆/自行车,lorries/辆/卡车,tractors/辆/拖拉机,motorbikes/辆/摩托车,buses/辆/公交车,vans/辆/面包车,taxis/辆/出租车,tricycles/辆/三轮车',
  ),
  kind(
    'electronic devices',
    '电子设备',
    'phones/部/手机,laptops/台/笔记本电脑,cameras/台/照相机,radios/台/收音机,televisions/台/电视机,printers/台/打印机,routers/台/路由器,loudspeakers/个/音箱',
  ),
  kind(
    'books',
    '书',
    'novels/本/小说,dictionaries/本/词典,atlases/本/地图册,comic books/本/漫画书,cookbooks/本/食谱书,biographies/本/传记,textbooks/本/教科书,travel guides/本/旅行指南书',
  ),
  kind(
    'pieces of furniture',
    '家具',
    'chairs/把/椅子,tables/张/桌子,sofas/张/沙发,beds/张/床,wardrobes/个/衣柜,bookshelves/个/书架,stools/个/凳子,desks/张/书桌',
  ),
  kind(
    'garments',
    '衣物',
    'shirts/件/衬衫,jackets/件/夹克,coats/件/大衣,sweaters/件/毛衣,skirts/条/裙子,blouses/件/女式上衣,scarves/条/围巾,waistcoats/件/马甲',
  ),
];

interface Person {
  readonly subject: Word;
  readonly object: Word;
  readonly own: Word;
}

function relative(en: string, zh: string): Person {
  return {
    subject: { en: `My ${en}`, zh: `我的${zh}` },
    object: { en: `my ${en}`, zh: `我的${zh}` },
    own: { en: 'their', zh: '自己' },
  };
}

/** The narrator comes first. */
export const PEOPLE: readonly Person[] = [
  {
    subject: { en: 'I', zh: '我' },
    object: { en: 'me', zh: '我' },
    own: { en: 'my', zh: '自己' },
  },
  relative('aunt', '阿姨'),
  relative('uncle', '叔叔'),
  relative('brother', '弟弟'),
  relative('sister', '姐姐'),
  relative('mother', '妈妈'),
  relative('father', '爸爸'),
  relative('grandmother', '奶奶'),
  relative('grandfather', '爷爷'),
  relative('cousin', '表哥'),
  relative('friend', '朋友'),
  relative('colleague', '同事'),
  relative('neighbour', '邻居'),
  relative('teacher', '老师'),
  relative('landlord', '房东'),
];

/** A thing by its kind and its place there. */
export type Thing = readonly [kind: number, place: number];

export interface Holding {
  readonly who: number;
  readonly what: Thing;
  readonly count: number;
}

export type Event = Readonly<
  | { kind: 'buy' | 'lose'; who: number; what: Thing; count: number }
  | { kind: 'give' | 'refused'; who: number; to: number; what: Thing; count: number }
  | { kind: 'give-all'; who: number; to: number; what: Thing }
  | { kind: 'sell-half'; who: number; what: Thing }
>;

/** How many of each thing everybody has: `[person][kind][place]`. */
export type Counts = number[][][];

export function countsOf(holdings: readonly Holding[], events: readonly Event[]): Counts {
  const counts: Counts = PEOPLE.map(() => KINDS.map(({ things }) => things.map(() => 0)));
  for (const { who, what, count } of holdings) add(counts, who, what, count);
  for (const event of events) play(counts, event);
  return counts;
}

export function countOfThing(counts: Counts, who: number, [kindAt, place]: Thing): number {
  return counts[who]?.[kindAt]?.[place] ?? 0;
}

function add(counts: Counts, who: number, [kindAt, place]: Thing, count: number): void {
  const row = counts[who]?.[kindAt];
  if (row !== undefined) row[place] = (row[place] ?? 0) + count;
}

export function play(counts: Counts, event: Event): void {
  const { who, what } = event;
  const held = countOfThing(counts, who, what);
  switch (event.kind) {
    case 'buy': {
      add(counts, who, what, event.count);
      return;
    }
    case 'lose': {
      add(counts, who, what, -event.count);
      return;
    }
    case 'give': {
      add(counts, who, what, -event.count);
      add(counts, event.to, what, event.count);
      return;
    }
    case 'give-all': {
      add(counts, who, what, -held);
      add(counts, event.to, what, held);
      return;
    }
    case 'sell-half': {
      add(counts, who, what, -held / 2);
      return;
    }
    case 'refused':
      return;
  }
}

function thingAt([kindAt, place]: Thing): Kind['things'][number] {
  return KINDS[kindAt]?.things[place] ?? { en: '', zh: '', measure: '' };
}

/** Multiples of twelve are told in dozens. */
function amount(count: number, what: Thing, language: Language): string {
  const thing = thingAt(what);
  const dozens = count / 12;
  if (Number.isInteger(dozens) && dozens > 0)
    return language === 'en' ? `${dozens} dozen ${thing.en}` : `${dozens}打${thing.zh}`;
  return language === 'en' ? `${count} ${thing.en}` : `${count}${thing.measure}${thing.zh}`;
}

export function tellHolding({ who, what, count }: Holding, language: Language): string {
  const subject = PEOPLE[who]?.subject[language] ?? '';
  if (language === 'zh') return `${subject}有${amount(count, what, 'zh')}。`;
  return `${subject} ${who === 0 ? 'have' : 'has'} ${amount(count, what, 'en')}.`;
}

export function tellEvent(event: Event, language: Language): string {
  const { who, what } = event;
  const subject = PEOPLE[who]?.subject[language] ?? '';
  const own = PEOPLE[who]?.own[language] ?? '';
  const name = thingAt(what)[language];
  const isEnglish = language === 'en';
  const many = 'count' in event ? amount(event.count, what, language) : '';
  const to = 'to' in event ? (PEOPLE[event.to]?.object[language] ?? '') : '';
  switch (event.kind) {
    case 'buy':
      return isEnglish ? `${subject} bought another ${many}.` : `${subject}又买了${many}。`;
    case 'lose':
      return isEnglish ? `${subject} lost ${many}.` : `${subject}弄丢了${many}。`;
    case 'give':
      return isEnglish ? `${subject} gave ${many} to ${to}.` : `${subject}把${many}给了${to}。`;
    case 'refused':
      return isEnglish
        ? `${subject} offered ${many} to ${to}, but the offer was declined.`
        : `${subject}想把${many}送给${to}，但被谢绝了。`;
    case 'give-all':
      return isEnglish
        ? `${subject} gave all of ${own} ${name} to ${to}.`
        : `${subject}把${own}所有的${name}都给了${to}。`;
    case 'sell-half':
      return isEnglish
        ? `${subject} sold half of ${own} ${name}.`
        : `${subject}卖掉了${own}一半的${name}。`;
  }
}
