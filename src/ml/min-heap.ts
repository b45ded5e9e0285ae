/** A heap that gives the element with the smallest key first; of equal keys the one that was added first. */
export interface MinHeap<T> {
  readonly size: () => number
  push(key: number, value: T): void
  /** The smallest key, or infinity where there is none. */
  least(): number
  pop(): T | undefined
}

interface Entry<T> {
  readonly key: number
  readonly order: number
  readonly value: T
}

export function minHeap<T>(): MinHeap<T> {
  const entries: Entry<T>[] = []
  let added = 0
  const before = (a: number, b: number): boolean => {
    const [one, other] = [entries[a] as Entry<T>, entries[b] as Entry<T>]
    return one.key < other.key || (one.key === other.key && one.order < other.order)
  }
  const swap = (a: number, b: number): void => {
    const held = entries[a] as Entry<T>
    entries[a] = entries[b] as Entry<T>
    entries[b] = held
  }
  function sink(): void {
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      if (left >= entries.length) return
      const child = left + 1 < entries.length && before(left + 1, left) ? left + 1 : left
      if (!before(child, at)) return
      swap(child, at)
      at = child
    }
  }
  return {
    size: () => entries.length,
    push(key, value) {
      entries.push({ key, order: added++, value })
      for (let at = entries.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1
        if (!before(at, parent)) return
        swap(at, parent)
        at = parent
      }
    },
    least: () => entries[0]?.key ?? Number.POSITIVE_INFINITY,
    pop() {
      const [first] = entries
      const last = entries.pop()
      if (first === undefined || last === undefined) return undefined
      if (entries.length > 0) {
        entries[0] = last
        sink()
      }
      return first.value
    },
  }
}
