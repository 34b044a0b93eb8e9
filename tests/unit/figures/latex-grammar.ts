/** What TeX would stumble over: braces, environments and signs that mean something where they stand unescaped. */
export function latexFaults(tex: string): string[] {
  const faults: string[] = [];
  const environments: string[] = [];
  let depth = 0;
  tex.split('\n').forEach((line, index) => {
    const at = `line ${String(index + 1)}`;
    const code = withoutComment(line);
    for (const [, verb, name = ''] of code.matchAll(/\\(begin|end)\{([a-z*]+)\}/g)) {
      if (verb === 'begin') environments.push(name);
      else if (environments.pop() !== name) faults.push(`${at}: \\end{${name}} closes nothing`);
    }
    for (const [sign] of code.matchAll(/\\.|[{}]/g)) {
      if (sign === '{') depth += 1;
      if (sign === '}') depth -= 1;
      if (depth < 0) faults.push(`${at}: a brace too many`);
    }
    if (/(?<!\\)#/.test(code)) faults.push(`${at}: a parameter sign`);
    if (/(?<!\\)\$/.test(code)) faults.push(`${at}: a mathematics sign`);
    if (/(?<!\\)&/.test(code) && !environments.includes('tabular') && !code.includes('&&'))
      faults.push(`${at}: an alignment sign`);
    if (/(?!\t)\p{Cc}/u.test(line)) faults.push(`${at}: a control character`);
  });
  if (depth !== 0) faults.push(`${String(depth)} braces are open at the end`);
  return [...faults, ...environments.map((name) => `${name} is open at the end`)];
}

/** Up to the first percent sign that no backslash escapes. */
function withoutComment(line: string): string {
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '%') return line.slice(0, at);
  }
  return line;
}
