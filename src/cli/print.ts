export interface PrintFlags {
  readonly json?: boolean | undefined
}

/** One JSON line for scripts, or the text for people. */
export function print(flags: PrintFlags, value: unknown, text: string): void {
  process.stdout.write(flags.json === true ? `${JSON.stringify(value)}\n` : text)
}
