const longestWait = 5_000

/** Puts the focus on what a page that is being loaded will show, and gives up after a while. */
export function focusOnceThere(selector: string): void {
  const stop = Date.now() + longestWait
  const look = () => {
    const found = document.querySelector<HTMLElement>(selector)
    // The drawer gives the focus back as it closes; only then is it free.
    if (found !== null && document.querySelector('[role="dialog"]') === null) {
      found.focus()
      found.scrollIntoView({ block: 'center' })
    } else if (Date.now() < stop) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
