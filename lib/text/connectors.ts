const WRAP =
  /\\(?:text(?:bf|rm|it|normal)?|mathrm|mbox|quad|qquad)(?![a-zA-Z])|\\[[\]();,:! ]|[${}~\\*_&]/gu;
const TURN =
  /\b(?:but|not?|nor|instead|however|mistake|wait|actually|thus|therefore|hence|so|then|correct|check|or rather)\b/iu;
const LABEL = /[A-Za-z](?:_?\d+|\([a-z]\))?\s*(?:=|:|\\in)\s*$/u;
const JOINING = /(?:^|\s|,)(?:and|or|und|oder|et|ou|[yoeи和或及]|или|或者)(?=$|[\s:,])/iu;

/** "(b)" and "Part 2:", with the words that lead to the answer of that part. */
const PART =
  /^[.,;]?\s*(?:\((?:[b-h2-9]|i{2,3}|i?v)\)|(?:part|question)\s\(?[b-h2-9]\)?)[:.]?(?:\s[^.!?]{0,60})?$/iu;

export type Joint = 'and' | 'or' | null;

/** Whether the text between two boxes or formulas only joins them (`, `, `and y = `), and with which word. */
export function jointBetween(gap: string): Joint {
  if (gap.length > 90) return null;
  const bare = gap.replace(WRAP, ' ').replace(LABEL, ' ').trim();
  if (bare === '') return gap.length <= 10 ? 'and' : null;
  if (PART.test(bare)) return 'and';
  if (TURN.test(bare) || /[.!?]\s/u.test(`${bare} `)) return null;
  if (/^[,;、，；]+$/u.test(bare)) return 'and';
  const words = bare.split(/\s+/u);
  if (words.length > 8 || !JOINING.test(bare)) return null;
  return /(?:^|\s)(?:or|oder|ou|или|或|或者)(?:$|\s)/iu.test(bare) ? 'or' : 'and';
}
