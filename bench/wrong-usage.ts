/** What was asked for cannot be run; its message says what can. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}
