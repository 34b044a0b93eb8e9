import { wordList } from '../things.ts';

/** No two read alike in either language. */
export const FIRST_NAMES = wordList(
  'Ada/艾达,Boris/鲍里斯,Clara/克拉拉,Dmitri/德米特里,Edith/伊迪丝,Farid/法里德,Greta/葛丽塔,Hugo/雨果,Irene/艾琳,Jonas/约纳斯,Keiko/惠子,Lionel/莱昂内尔,Mira/米拉,Nestor/内斯托,Olga/奥尔加,Pablo/巴勃罗,Quinn/奎因,Rosa/罗莎,Stefan/斯特凡,Tamara/塔玛拉,Umberto/翁贝托,Vera/薇拉,Walter/沃尔特,Ximena/希梅娜,Yusuf/优素福,Zelda/塞尔达,Anouk/阿努克,Bruno/布鲁诺,Celia/西莉亚,Dario/达里奥,Elsa/埃尔莎,Felix/菲利克斯,Gudrun/古德伦,Hamid/哈米德,Ingrid/英格丽,Jasper/贾斯珀,Katia/卡佳,Lorenzo/洛伦佐,Maud/莫德,Nico/尼科,Odette/奥黛特,Piotr/彼得,Ruth/露丝,Sven/斯文,Thea/西娅,Ulrich/乌尔里希,Wanda/旺达,Zoltan/佐尔坦',
);
