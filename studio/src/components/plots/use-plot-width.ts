import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** The width that a plot has, in CSS pixels: drawn at that width, nothing in it is ever scaled and text keeps its size. */
export function usePlotWidth(): readonly [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [box, width]
}
