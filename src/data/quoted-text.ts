/** A string literal of SQL, for statements that take no parameters (CREATE VIEW, options of COPY and SET). */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A quoted name of SQL. */
export function quotedName(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
