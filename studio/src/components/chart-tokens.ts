/** The colours that a chart draws with, resolved to what a browser can parse outside a style sheet. */
export interface ChartTokens {
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly surface: string
  readonly raised: string
  readonly line: string
  readonly lineFirm: string
  /** Ours, lowers the score. */
  readonly blue: string
  /** Raises the score, the positive class. */
  readonly orange: string
  /** Reference, dummy, not distinguishable. */
  readonly grey: string
  readonly band: string
  readonly density: string
  readonly grid: string
  /** Only for a leak. */
  readonly stop: string
  readonly font: string
}

const names = { ink: '--ink', ink2: '--ink-2', ink3: '--ink-3', surface: '--surface', raised: '--raised', line: '--line', lineFirm: '--line-firm', blue: '--d-blue', orange: '--d-orange', grey: '--d-grey', band: '--d-band', density: '--d-dens', grid: '--d-grid', stop: '--stop' } as const

/** Reads the tokens at an element. Their text is `light-dark(…)`; only a computed colour is one that a chart can use. */
export function chartTokensAt(element: HTMLElement): ChartTokens {
  const probe = document.createElement('span')
  element.append(probe)
  const resolve = (name: string) => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const colours = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, resolve(name)])) as Record<keyof typeof names, string>
  const font = getComputedStyle(element).fontFamily
  probe.remove()
  return { ...colours, font }
}
