import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Values that a style sheet takes from a component. */
    [name: `--${string}`]: string | number | undefined
  }
}
