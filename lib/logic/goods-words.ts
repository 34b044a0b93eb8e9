import type { Language } from './logic-task.ts';

type Word = Readonly<Record<Language, string>>;

function words(list: string): readonly Word[] {
  return list.split(' ').map((pair) => {
    const [en = '', zh = ''] = pair.split('/');
    return { en, zh };
  });
}

/** Names and things that occur in both languages at the same places. */
export const GOODS_WORDS = {
  people: words(
    'Ada/艾达 Ben/阿本 Clara/克拉拉 David/大卫 Emma/艾玛 Felix/菲力 Greta/葛丽 Hugo/雨果 Iris/小鸢 Jonas/约纳 Kira/琪拉 Leo/里奥 Mona/梦娜 Nils/尼尔 Olga/欧佳 Paul/保罗 Quinn/小昆 Rosa/罗莎 Simon/西蒙 Tina/蒂娜 Uma/乌玛 Victor/维克 Wanda/婉达 Xenia/赛妮 Yusuf/优素 Zoe/佐伊 Amir/阿米 Bella/贝拉 Cyrus/居鲁 Dora/朵拉 Elias/以利 Fiona/菲娜 Gustav/古斯 Hana/花奈 Igor/伊戈 Julia/朱莉 Kofi/科菲 Lena/莉娜 Milo/米洛 Nora/诺拉',
  ),
  colours: words(
    'red/红色 blue/蓝色 green/绿色 yellow/黄色 black/黑色 white/白色 purple/紫色 orange/橙色 brown/棕色 grey/灰色 pink/粉色 golden/金色 silver/银色 turquoise/青绿色 crimson/深红色 beige/米色 navy/藏青色 copper/铜色 ivory/象牙色 emerald/翠绿色',
  ),
  things: words(
    'book/书 cup/杯子 lamp/台灯 scarf/围巾 umbrella/雨伞 watch/手表 kettle/水壶 basket/篮子 drum/鼓 mirror/镜子 pencil/铅笔 blanket/毯子 vase/花瓶 hat/帽子 bell/铃铛 box/盒子 candle/蜡烛 ribbon/丝带 purse/钱包 kite/风筝 spoon/勺子 flute/笛子 chair/椅子 glove/手套',
  ),
};
