/** The shapes of all signals and marks, once in the page. Shape first, colour second: each tells itself without its colour. */
export function Sprite() {
  return (
    <svg width="0" height="0" className="hide" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V5" stroke="var(--ink-3)" strokeOpacity=".45" />
        </pattern>
        <Signals />
        <Marks />
      </defs>
    </svg>
  )
}

function Signals() {
  return (
    <>
      <symbol id="g-clear" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="var(--clear-fill)" /><path d="m4.9 8.2 2.2 2.2 4.1-4.5" fill="none" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" /></symbol>
      <symbol id="g-held" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="var(--held-fill)" /><path d="M3.9 8h8.2" stroke="var(--on-held)" strokeWidth="2.8" /></symbol>
      <symbol id="g-run" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="none" stroke="var(--line-firm)" strokeWidth="2.2" /><path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="var(--run-fill)" strokeWidth="2.4" strokeLinecap="round" /></symbol>
      <symbol id="g-idle" viewBox="0 0 16 16"><circle cx="8" cy="8" r="4.5" fill="none" stroke="var(--control)" strokeWidth="1.5" /></symbol>
      <symbol id="g-skip" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5" fill="none" stroke="var(--control)" strokeWidth="1.5" strokeDasharray="2.4 1.8" /><path d="M4 12 12 4" stroke="var(--control)" strokeWidth="1.5" /></symbol>
      <symbol id="g-pause" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.2" fill="none" stroke="var(--held-fill)" strokeWidth="1.6" /><path d="M6.2 5.4v5.2M9.8 5.4v5.2" stroke="var(--held)" strokeWidth="1.8" /></symbol>
      <symbol id="g-stop" viewBox="0 0 16 16"><path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="var(--stop-fill)" /><path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round" /></symbol>
      <symbol id="g-leak" viewBox="0 0 16 16"><path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="var(--stop-fill)" /><path d="M8 4.2v4.6M8 11.4v.2" stroke="var(--surface)" strokeWidth="2" strokeLinecap="round" /></symbol>
      <symbol id="g-care" viewBox="0 0 16 16"><path d="M8 1.6 15 14H1z" fill="var(--held-fill)" stroke="var(--held-fill)" strokeWidth="1.4" strokeLinejoin="round" /><path d="M8 6v4M8 12.2v.1" stroke="var(--on-held)" strokeWidth="1.7" strokeLinecap="round" /></symbol>
      <symbol id="g-same" viewBox="0 0 16 16"><path d="M2.5 6.2c2-2 3.6-1.6 5.5-.4s3.5 1.6 5.5-.4M2.5 11c2-2 3.6-1.6 5.5-.4s3.5 1.6 5.5-.4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" /></symbol>
      <symbol id="g-up" viewBox="0 0 16 16"><path d="M8 2.5 14 13H2z" fill="currentColor" /></symbol>
      <symbol id="g-down" viewBox="0 0 16 16"><path d="M8 13 2 3h12z" fill="currentColor" /></symbol>
    </>
  )
}

function Marks() {
  return (
    <>
      <symbol id="g-mark" viewBox="0 0 22 22"><rect width="22" height="22" rx="5" fill="var(--mark)" /><path d="M8 4.5V18M5.5 18h5" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round" /><path d="M8 9.2 17 5.6" stroke="var(--held-fill)" strokeWidth="3.2" strokeLinecap="round" /></symbol>
      <symbol id="g-curve" viewBox="0 0 16 16"><path d="M2 2v12h12" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" strokeLinejoin="round" /><path d="M4.5 11.5c4 0 2.5-7 8.5-7.5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" /></symbol>
      <symbol id="g-pulse" viewBox="0 0 16 16"><path d="M1.5 8.5h3l2-5 3 9.5 2-4.5h3" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" /></symbol>
      <symbol id="g-lock" viewBox="0 0 16 16"><path d="M5 7V5a3 3 0 0 1 6 0v2M3.5 7h9v6.5h-9z" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" /></symbol>
      <symbol id="g-find" viewBox="0 0 16 16"><circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" /><path d="m10.5 10.5 3.5 3.5" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" /></symbol>
      <symbol id="g-drop" viewBox="0 0 16 16"><path d="M8 10V2.5M4.8 5.5 8 2.3l3.2 3.2M2.5 10v3.5h11V10" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" /></symbol>
      <symbol id="g-talk" viewBox="0 0 16 16"><path d="M2.5 3h11v8H7l-3 2.5V11H2.5z" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" /></symbol>
      <symbol id="g-more" viewBox="0 0 16 16"><path d="M3.5 8h.1M8 8h.1M12.5 8h.1" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" /></symbol>
      <symbol id="g-box" viewBox="0 0 16 16"><path d="M2.5 4.5 8 2l5.5 2.5v7L8 14l-5.5-2.5zM2.5 4.5 8 7l5.5-2.5M8 7v7" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" /></symbol>
      <symbol id="g-way" viewBox="0 0 16 16"><path d="M1 8h14" stroke="currentColor" strokeWidth="1.4" /><circle cx="4" cy="8" r="2" fill="var(--surface)" stroke="currentColor" strokeWidth="1.4" /><circle cx="11.5" cy="8" r="2" fill="currentColor" /></symbol>
      <symbol id="g-sun" viewBox="0 0 16 16"><circle cx="8" cy="8" r="3" fill="none" stroke="currentColor" strokeWidth="1.4" /><path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" /></symbol>
      <symbol id="g-moon" viewBox="0 0 16 16"><path d="M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" /></symbol>
      <symbol id="g-key" viewBox="0 0 16 16"><circle cx="5.2" cy="10.8" r="2.7" fill="none" stroke="currentColor" strokeWidth="1.4" /><path d="m7.2 8.8 6-6M10.5 5.5l2 2" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" /></symbol>
      <symbol id="g-close" viewBox="0 0 16 16"><path d="m4 4 8 8M12 4l-8 8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" /></symbol>
    </>
  )
}
