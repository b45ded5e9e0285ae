import type { Report, Section } from './blocks.ts'
import { timeText } from './figure.ts'
import { htmlBlock } from './html-blocks.ts'
import { Markup, markup, visibleText } from './markup.ts'
import type { ModelProgram } from './model-program.ts'
import { pageScript, scriptJson, scriptSource } from './page-script.ts'
import { reportStyle } from './report-style.ts'

/** What the page may load: its own styles and the one script that is in it, and nothing from anywhere. */
export function reportPolicy(source: string): string {
  return `default-src 'none'; script-src ${source}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`
}

/** The report as one HTML file that needs no network. Without scripts everything can still be read; the program is the exported scorer. */
export async function renderHtml(report: Report, program: ModelProgram): Promise<string> {
  const { title, sections } = report
  const used = sections.some(({ id }) => id === 'playground') && 'text' in program
  const script = pageScript(used ? program.text : null)
  const policy = reportPolicy(await scriptSource(script))
  const head = markup`<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="generator" content="Signalbox"><title>${title}</title><link rel="icon" href="data:,"><style>${new Markup(`${reportStyle}@page{@top-left{content:${cssText(title)};font:8pt system-ui,sans-serif;color:#646970}}`)}</style>`
  const contents = markup`<nav aria-label="Contents"><ol>${sections.map((section) => markup`<li><a href="#${section.id}">${section.title}</a></li>`)}</ol></nav>`
  const data = markup`<script type="application/json" id="signalbox-report">${new Markup(scriptJson(report))}</script><script type="module">${new Markup(script)}</script>`
  const body = markup`<div class="page">${cover(report)}${contents}<main aria-label="Chapters of the report">${sections.map((section, i) => htmlSection(section, `/sections/${i}`, sections.some(({ id }) => id === 'artifacts')))}</main>${foot(report)}</div>${data}`
  return `<!doctype html>\n${markup`<html lang="en"><head>${head}</head><body>${hatchPattern}${body}</body></html>`.text}\n`
}

/** A text as a CSS string in which nothing can end the string, the rule or the element. */
function cssText(text: string): string {
  const plain = [...visibleText(text)].slice(0, 90).join('')
  return `"${plain.replaceAll(/[^\p{L}\p{N} .,:-]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`
}

/** Shared by every chart of the page. */
const hatchPattern = markup`<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="var(--grey)" stroke-width="1.6" opacity=".55"/></pattern></defs></svg>`

const brand = markup`<p class="brand"><svg viewBox="0 0 20 20" aria-hidden="true"><rect width="20" height="20" rx="5" fill="var(--ink)"/><path d="M7 16V6.5" stroke="var(--surface)" stroke-width="2.4" stroke-linecap="round"/><path d="M7 7.5 13.5 4.5" stroke="#f4b53a" stroke-width="2.8" stroke-linecap="round"/></svg>Signalbox</p>`

function cover({ title, summary, description, audience, run, label, results }: Report): Markup {
  const lead = [summary, description].filter((text) => text !== '').map((text) => markup`<p class="lead">${text}</p>`)
  const meta = [
    ['Run', markup`${run.name}`],
    ['Predicts', markup`<code>${label}</code>`],
    ['Written for', markup`${audience}`],
    ['Started', markup`<time datetime="${run.started_at}">${timeText(run.started_at)}</time>`],
    ['Model', markup`<code>${results.model_hash.slice(0, 16)}…</code>`],
  ] as const
  return markup`<header class="cover" aria-label="Report">${brand}<h1>${title}</h1>${lead}<dl class="meta">${meta.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></header>`
}

function htmlSection({ id, title, sources, blocks }: Section, at: string, listed: boolean): Markup {
  const from = sources.length === 0 ? null : markup`<p class="sources">From ${sources.map(({ name, hash }, i) => markup`${i === 0 ? '' : ', '}${listed ? markup`<a href="#artifacts" title="${hash}">${name}</a>` : name} <code>${hash.slice(0, 8)}</code>`)}; in the JSON at <code>${at}</code>.</p>`
  return markup`<section id="${id}"><h2>${title}</h2>${blocks.map((block, i) => htmlBlock(block, `${at}/blocks/${i}`))}${from}</section>`
}

function foot({ run, results }: Report): Markup {
  return markup`<footer>Made by Signalbox from run <code>${run.run_id}</code>, model <code>${results.model_hash}</code>. Numbers are rounded for reading; each carries its full value in the page.</footer>`
}
