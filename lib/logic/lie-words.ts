import type { Statement } from './lie-statements.ts';
import type { Language } from './logic-task.ts';
import { wordList, type Word } from './things.ts';
import { FIRST_NAMES } from './words/first-names.ts';

/** English with "at the" before it, Chinese after 在. */
export const PLACES = wordList(
  'harbour/港口,bakery/面包店,lighthouse/灯塔,orchard/果园,quarry/采石场,windmill/风车,chapel/礼拜堂,ferry/渡船,market/集市,greenhouse/温室,smithy/铁匠铺,archive/档案馆,brewery/酒坊,tannery/皮革坊,observatory/天文台,vineyard/葡萄园,sawmill/锯木厂,stable/马厩,pottery/陶器坊,ropeway/缆车,fountain/喷泉,cinema/电影院,laundry/洗衣房,pharmacy/药店,canteen/食堂,studio/画室,museum/博物馆,playground/操场,post office/邮局,printing house/印刷厂,boathouse/船屋,theatre/剧院,watchtower/瞭望塔,weir/水坝,ice rink/溜冰场,tea house/茶馆,workshop/工坊,nursery/苗圃,barracks/营房,customs house/海关,aviary/鸟舍,gatehouse/门楼,swimming pool/游泳池,concert hall/音乐厅,bus depot/公交总站,bookshop/书店,campus/校园,clinic/诊所',
);

/** Of no use: they say nothing on who lies. */
export const REMARKS = wordList(
  'collects old stamps/收集旧邮票,slept badly last night/昨晚没睡好,is learning to play the flute/正在学吹长笛,owns two grey cats/养了两只灰猫,walks to work every morning/每天早上走路上班,prefers tea to coffee/比起咖啡更爱喝茶,missed a train on Monday/星期一误了火车,is reading a long novel/正在读一本长篇小说,grew up by the sea/在海边长大,has painted the front door green/把大门漆成了绿色,won a chess game yesterday/昨天下赢了一盘棋,forgot an umbrella somewhere/不知把雨伞忘在了哪里,bakes bread on Sundays/星期天烤面包,is allergic to walnuts/对核桃过敏,has a cousin in Lisbon/有个表亲在里斯本,repairs clocks as a hobby/业余时间修理钟表',
);

/** A person as a sentence names them. */
export type Naming = (person: number, isByPlace: boolean) => string;

export function namingIn(
  language: Language,
  names: readonly number[],
  places: readonly number[],
): Naming {
  return (person, isByPlace) => {
    const place = PLACES[places[person] ?? 0]?.[language] ?? '';
    if (isByPlace) return language === 'en' ? `the person at the ${place}` : `在${place}的人`;
    return FIRST_NAMES[names[person] ?? 0]?.[language] ?? '';
  };
}

const CLAIMS: Readonly<
  Record<Language, Readonly<Record<Statement['claim'], (a: string, b: string) => string>>>
> = {
  en: {
    honest: (a) => `${a} always tells the truth`,
    liar: (a) => `${a} always lies`,
    same: (a, b) => `${a} and ${b} are of the same kind`,
    different: (a, b) => `${a} and ${b} are of different kinds`,
    'some-honest': (a, b) => `at least one of ${a} and ${b} always tells the truth`,
    'some-liar': (a, b) => `at least one of ${a} and ${b} always lies`,
  },
  zh: {
    honest: (a) => `${a}总是说真话`,
    liar: (a) => `${a}总是说谎`,
    same: (a, b) => `${a}和${b}是同一类人`,
    different: (a, b) => `${a}和${b}不是同一类人`,
    'some-honest': (a, b) => `${a}和${b}当中至少有一个总是说真话`,
    'some-liar': (a, b) => `${a}和${b}当中至少有一个总是说谎`,
  },
};

/** One sentence; `people` are the speaker, if any, and those spoken about, as they are named. */
export function tellStatement(
  { speaker, claim }: Statement,
  people: readonly string[],
  language: Language,
): string {
  const [said, spoken = ''] = speaker === null ? [people] : [people.slice(1), people[0]];
  const [a = '', b = ''] = said;
  const text = CLAIMS[language][claim](a, b);
  if (language === 'zh') return speaker === null ? `${text}。` : `${spoken}说：“${text}。”`;
  return speaker === null ? `${capital(text)}.` : `${capital(spoken)} says: "${capital(text)}."`;
}

export function tellPlace(name: string, place: Word, language: Language): string {
  return language === 'en' ? `${name} is at the ${place.en}.` : `${name}在${place.zh}。`;
}

export function tellRemark(who: string, remark: Word, language: Language): string {
  return language === 'en' ? `${capital(who)} ${remark.en}.` : `${who}${remark.zh}。`;
}

/** The question about one person, without its mark. */
export function askAbout(who: string, language: Language): string {
  return language === 'en' ? `Does ${who} tell the truth?` : `${who}说真话吗？`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
