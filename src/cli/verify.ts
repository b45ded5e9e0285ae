import { CommandFailure } from './failure.ts'
import { openFlaggedHouse, type HouseFlags } from './open-server.ts'

/** Recomputes the hash of every event; ends with a failure where a chain does not hold. */
export async function verify(flags: HouseFlags & { readonly json?: boolean | undefined }): Promise<void> {
  const house = await openFlaggedHouse(flags)
  try {
    const check = await house.verify()
    const text = `${check.events} events in ${check.streams} chains hold${check.signatures === 0 ? '' : `, ${check.signatures} of them signatures of reports`}.\n`
    if (flags.json === true) process.stdout.write(`${JSON.stringify(check)}\n`)
    else if (check.faults.length === 0) process.stdout.write(text)
    const [first] = check.faults
    if (first !== undefined) {
      throw new CommandFailure(`${check.faults.length} of ${check.events} events do not hold; the first is event ${first.seq} of ${first.stream} (${first.fault}).`, {
        suggestion: 'Restore the data folder from a backup taken before the change.',
      })
    }
  } finally {
    await house.close()
  }
}
