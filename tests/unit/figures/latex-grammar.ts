/** What TeX would stumble over: braces, environments and signs that mean something where they stand unescaped. */
export function latexFaults(tex: string): string[] {
  const faults: string[] = [];
  const environments: string[] = [];
  let depth = 0;
  tex.split('\n').forEach((line, index) => {
    const at = `line ${String(index + 1)}`;
    const code = line.replace(/(?<!\\)((?:\\\\)*)%.*$/, '$1');
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
    if (/[\0-\x08\x0b-\x1f]/.test(line)) faults.push(`${at}: a control character`);
  });
  if (depth !== 0) faults.push(`${String(depth)} braces are open at the end`);
  return [...faults, ...environments.map((name) => `${name} is open at the end`)];
}
