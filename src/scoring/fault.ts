/** What keeps a model of the right form from being read. */
export interface Fault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** The fault that a list has another length than expected. */
export function lengthFault(path: Fault['path'], list: readonly unknown[], { length, of }: { readonly length: number; readonly of: string }): Fault[] {
  return list.length === length ? [] : [{ path, message: `expected ${length} numbers, one for each ${of}, received ${list.length}` }]
}

/** The fault as it is seen from further up. */
export function below(path: Fault['path'], fault: Fault): Fault {
  return { path: [...path, ...fault.path], message: fault.message }
}
