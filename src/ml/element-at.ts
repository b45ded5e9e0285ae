/** Reads an element that must exist; an index outside the array is a broken assumption and throws. */
export function elementAt<T>(array: ArrayLike<T>, index: number): T {
  const value = array[index]
  if (value === undefined) throw new RangeError(`no element ${index} in an array of ${array.length}`)
  return value
}
