/** Stands for whatever must not come back: in every hostile value, and searched for in all answers and log lines. */
export const MARK = 'Thomas Baker 07700 900123';

/** Texts that have broken software: markup, templates, queries, paths, formats, control and invisible characters, numbers, names of internals. */
export const HOSTILE = [
  `${MARK}'; DROP TABLE record; --`,
  `<script>alert("${MARK}")</script>`,
  `{{constructor.constructor("${MARK}")()}}`,
  `\${jndi:ldap://${MARK}}`,
  `../../${MARK}\\..\\`,
  `%s%n%x${MARK}%00`,
  `${MARK}\u0000`,
  `\u0007${MARK}\u001b[31m`,
  `\u202e${MARK}\u2066`,
  `\ufeff${MARK}\u200b`,
  `${MARK}\ud800`,
  `\udc00${MARK}`,
  `${MARK}\r\nX-Injected: 1`,
  `__proto__${MARK}`,
  `=cmd|'/c calc'!${MARK}`,
  `${MARK}${'\u0301'.repeat(150)}`,
  MARK.repeat(5_000),
  `${MARK}\uffff\ufffe`,
  `１２３${MARK}`,
  `true${MARK}`,
];
