/** How numbers are written: with groups of digits, with letters before a base, with a repeating part. */

export const NUMBER =
  /^(?:\d+\.(?=\\(?:overline|bar|dot|widehat)|\(\d+\))|[1-9]\d{0,2}(?:\.\d{3}){2,5}(?![\d.])|\d{1,20}\{,\}(?:\d{1,2}|\d{4,20})(?![\d{])|\d{1,3}(?:(?:\{,\}|,\\! ?|\\!,|\\,|\\ |[,' ])(?=\d{3}(?!\d))\d{3})+(?:\.\d+)?|\d+(?:,\d+)+(?:\.\d+)?|\d*\.?\d+)/u;
export const CODED =
  /^(?:0x[\da-fA-F]{1,60}\b|0b[01]{1,120}\b|0o[0-7]{1,60}\b|\d[\dA-Z]{0,60}(?=_\{?(?:1[1-9]|2\d|3[0-6])\b))/u;
export const PLAIN_NUMBER = /^(?:\d+\.(?=\\(?:overline|bar|dot|widehat)|\(\d+\))|\d*\.?\d+)/u;
export const COMMA_RUN = /^\d+(?:,\d+)*/u;
export const GROUPING = /\{,\}|,\\!|\\!,|\\,|\\ |[, ']/gu;
