import type { Language } from './logic-task.ts';

export type Word = Readonly<Record<Language, string>>;

/** Words in both languages, written `English/中文` and parted by commas. */
export function wordList(list: string): readonly Word[] {
  return list.split(',').map((pair) => {
    const [en = '', zh = ''] = pair.trim().split('/');
    return { en, zh };
  });
}

/** Things that can be counted and taken for no other of the list, in either language. */
export const THINGS = wordList(
  'acorn/橡子,anchor/船锚,apron/围裙,arrow/箭,balloon/气球,banjo/班卓琴,barrel/木桶,basket/篮子,bell/铃铛,bench/长凳,blanket/毯子,bottle/瓶子,bowl/碗,bracelet/手镯,brick/砖头,broom/扫帚,bucket/水桶,button/纽扣,cake/蛋糕,camera/相机,candle/蜡烛,cap/帽子,carpet/地毯,carrot/胡萝卜,chair/椅子,chisel/凿子,clock/时钟,coin/硬币,comb/梳子,compass/罗盘,cork/软木塞,crayon/蜡笔,crown/皇冠,cushion/靠垫,drum/鼓,envelope/信封,eraser/橡皮,fan/扇子,feather/羽毛,fiddle/提琴,flag/旗子,flask/烧瓶,flute/笛子,fork/叉子,funnel/漏斗,glove/手套,goblet/高脚杯,hammer/锤子,harp/竖琴,helmet/头盔,hinge/合页,hook/钩子,jar/罐子,jug/陶壶,kettle/烧水壶,key/钥匙,kite/风筝,ladder/梯子,lamp/台灯,lantern/灯笼,lemon/柠檬,lens/透镜,lock/挂锁,magnet/磁铁,map/地图,marble/弹珠,mask/面具,medal/奖牌,mirror/镜子,mitten/连指手套,mop/拖把,mug/马克杯,nail/钉子,needle/缝衣针,notebook/笔记本,oar/船桨,orchid/兰花,paddle/球拍,pan/平底锅,parcel/包裹,pebble/鹅卵石,pencil/铅笔,piano/钢琴,pillow/枕头,pipe/烟斗,plate/盘子,pumpkin/南瓜,puppet/木偶,purse/钱包,puzzle/拼图,quilt/被子,radio/收音机,rake/耙子,ribbon/丝带,ring/戒指,rope/绳子,ruler/尺子,saddle/马鞍,sandal/凉鞋,saw/锯子,scarf/围巾,shell/贝壳,shovel/铲子,skate/冰鞋,sofa/沙发,spade/铁锹,sponge/海绵,spoon/勺子,stamp/邮票,statue/雕像,stool/凳子,sword/剑,table/桌子,tent/帐篷,thimble/顶针,torch/火把,towel/毛巾,trumpet/小号,umbrella/雨伞,vase/花瓶,violin/小提琴,wallet/皮夹,whistle/哨子,wrench/扳手,zipper/拉链',
);

/** Case, blanks, quotes and a leading article do not matter. */
export function plainThing(text: string): string {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/["'“”‘’`*_]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  return plain.replace(/^(?:the|an?|some|one) (?=.)/u, '');
}
