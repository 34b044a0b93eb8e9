/** `target_length` in words; short signs such as L_T stay as they are. */
export function readableParameter(parameter: string): string {
  return /^[a-z]{2,}(?:_[a-z]+)+$/.test(parameter) ? parameter.replaceAll('_', ' ') : parameter;
}

/** The same as the name of an axis or a column. */
export function parameterLabel(parameter: string): string {
  const name = readableParameter(parameter);
  return /^[a-z]{3,}/.test(name) ? `${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
}
