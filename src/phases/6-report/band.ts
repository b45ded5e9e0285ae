interface Spread {
  readonly scores: readonly number[]
  readonly deviation: readonly number[]
  readonly lower?: readonly number[]
  readonly upper?: readonly number[]
}

/** Ends of the band of the first output: the 95 % band where the model has one, else one standard deviation to both sides. */
export function bandOf({ scores, deviation, lower, upper }: Spread): readonly [number, number] {
  const [score = 0] = scores
  const [spread = 0] = deviation
  return [lower?.[0] ?? score - spread, upper?.[0] ?? score + spread]
}
