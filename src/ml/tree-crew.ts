/**
 * Threads that share the phases of one computation. Whoever comes first leads; it never depends on another coming, as
 * it takes all units of work that nobody else takes. Others help as long as the leader leads: they may come late, or not
 * at all, or one after another on the same thread once everything is done.
 */
export interface Crew {
  /** Does all units of one phase, in whatever order and on whatever threads; the units must not touch the same memory. */
  run(units: number): void
}

/** Words that the threads share. */
export const CREW_WORDS = 4
/** 1 from the moment that somebody leads. */
const LED = 0
/** Units of the present phase that are free: next one of the leader, end of those left for helpers; -1 at the end. */
const TICKET = 1
/** Units that helpers have done in the present phase. */
const DONE = 2
/** Helpers that sleep. */
const ASLEEP = 3

/** Units that a ticket can count. */
const MOST_UNITS = 2 ** 15 - 1
const OVER = -1
/** Looks at the ticket before a thread lies down to sleep: a few ten microseconds, more than most gaps between phases. */
const LOOKS = 20_000
const NAP_MILLISECONDS = 50
/** Naps in a row, without any news, after which a helper leaves. */
const MOST_NAPS = 200
/** Naps of a millisecond after which a helper that took a unit counts as lost. */
const MOST_WAITS = 60_000

/** Claims the lead; false where somebody leads already, or did. */
export function takeLead(words: Int32Array): boolean {
  return Atomics.compareExchange(words, LED, 0, 1) === 0
}

/** A crew of which the caller leads; `work` does one unit. */
export function leadCrew(words: Int32Array, work: (unit: number) => void): Crew {
  return {
    run(units) {
      if (units > MOST_UNITS) throw new RangeError(`a phase has at most ${MOST_UNITS} units of work, received ${units}`)
      Atomics.store(words, DONE, 0)
      Atomics.store(words, TICKET, ticketOf(0, units))
      if (Atomics.load(words, ASLEEP) > 0) Atomics.notify(words, TICKET)
      let own = 0
      for (let unit = takeFirst(words); unit >= 0; unit = takeFirst(words)) {
        work(unit)
        own++
      }
      awaitHelpers(words, units - own)
    },
  }
}

/** Lets all helpers go; must be called however the leader's work ends. */
export function dismissCrew(words: Int32Array): void {
  Atomics.store(words, TICKET, OVER)
  Atomics.notify(words, TICKET)
}

/** Does units of the leader's phases until it dismisses the crew, or has given no sign of life for long. */
export function helpCrew(words: Int32Array, work: (unit: number) => void): void {
  let looks = 0
  let naps = 0
  let seen = Atomics.load(words, TICKET)
  while (seen !== OVER) {
    const unit = takeLast(words, seen)
    if (unit >= 0) {
      work(unit)
      Atomics.add(words, DONE, 1)
      looks = 0
      naps = 0
    } else if (looks < LOOKS) looks++
    else {
      if (naps === MOST_NAPS) return
      naps = sleepUntilNews(words, seen) ? 0 : naps + 1
      looks = naps === 0 ? 0 : LOOKS
    }
    seen = Atomics.load(words, TICKET)
  }
}

/** Does all phases in line. */
export function soloCrew(work: (unit: number) => void): Crew {
  return {
    run(units) {
      for (let unit = 0; unit < units; unit++) work(unit)
    },
  }
}

function ticketOf(next: number, end: number): number {
  return (next << 15) | end
}

/** The leader takes units from the front and helpers from the back, so that each mostly sees the same ones again. */
function takeFirst(words: Int32Array): number {
  for (;;) {
    const seen = Atomics.load(words, TICKET)
    const next = seen >> 15
    const end = seen & MOST_UNITS
    if (next >= end) return -1
    if (Atomics.compareExchange(words, TICKET, seen, ticketOf(next + 1, end)) === seen) return next
  }
}

function takeLast(words: Int32Array, seen: number): number {
  const next = seen >> 15
  const end = seen & MOST_UNITS
  if (next >= end) return -1
  return Atomics.compareExchange(words, TICKET, seen, ticketOf(next, end - 1)) === seen ? end - 1 : -1
}

function awaitHelpers(words: Int32Array, units: number): void {
  let looks = 0
  let waits = 0
  for (let done = Atomics.load(words, DONE); done < units; done = Atomics.load(words, DONE)) {
    if (looks < LOOKS) looks++
    else if (waits === MOST_WAITS) throw new Error('a thread that took a part of the work has not come back')
    else {
      waits++
      Atomics.wait(words, DONE, done, 1)
    }
  }
}

/** Sleeps until the ticket is another one; false where it was still the same after a nap. */
function sleepUntilNews(words: Int32Array, seen: number): boolean {
  Atomics.add(words, ASLEEP, 1)
  const end = Atomics.wait(words, TICKET, seen, NAP_MILLISECONDS)
  Atomics.sub(words, ASLEEP, 1)
  return end !== 'timed-out'
}
