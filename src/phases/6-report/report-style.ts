const light = `color-scheme:light;--ground:#f6f6f2;--surface:#fff;--sunken:#f1f1ec;--rule:#e2e2dc;--rule-firm:#c9c9c1;
--ink:#17191b;--ink-2:#4b5056;--ink-3:#646970;--clear:#0a7150;--clear-wash:#e4f3ec;--held:#835400;--held-wash:#fcf2da;--run:#1f56c0;
--blue:#2b6cb8;--orange:#c2560c;--grey:#8b9097;--band:#2b6cb82e;--density:#cfd2ce;--grid:#ecece7;
--c0:#2b6cb8;--c1:#c2560c;--c2:#2c8057;--c3:#8a4fb0;--c4:#a87b00;--c5:#0c8599;--c6:#b8326a;--c7:#5c6670`

const dark = `color-scheme:dark;--ground:#111314;--surface:#191b1d;--sunken:#141617;--rule:#2c3033;--rule-firm:#41464a;
--ink:#ececE8;--ink-2:#b4b9bd;--ink-3:#91979c;--clear:#4cc99a;--clear-wash:#14291f;--held:#efb94d;--held-wash:#2c2411;--run:#86adf9;
--blue:#6aa5ea;--orange:#f0914a;--grey:#7d848a;--band:#6aa5ea38;--density:#555b60;--grid:#26292c;
--c0:#6aa5ea;--c1:#f0914a;--c2:#52b788;--c3:#c08be0;--c4:#dcb143;--c5:#4fc3d6;--c6:#f07aa8;--c7:#9aa4ad`

const page = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-weight:420}
code,.mono{font:.92em/1.4 ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere;unicode-bidi:isolate}
a{color:var(--run);text-underline-offset:2px}
.page{display:grid;grid-template-columns:216px minmax(0,1fr);gap:0 48px;max-width:1180px;margin:0 auto;padding:0 32px 96px}
.cover{grid-column:1/-1;padding:48px 0 32px;border-bottom:1px solid var(--rule-firm);margin-bottom:32px}
.brand{display:flex;align-items:center;gap:8px;font-size:13px;font-weight:640;margin:0 0 40px}
.brand svg{width:20px;height:20px}
h1{font-size:34px;line-height:1.15;letter-spacing:-.015em;font-weight:640;margin:0 0 12px;text-wrap:balance;overflow-wrap:anywhere}
.lead{font-size:17px;color:var(--ink-2);max-width:68ch;margin:0 0 20px;white-space:pre-line;overflow-wrap:anywhere}
.meta{display:flex;flex-wrap:wrap;gap:4px 28px;margin:0;font-size:13px}
.meta div{display:flex;gap:8px;min-width:0}.meta dt{color:var(--ink-3)}.meta dd{margin:0;min-width:0;overflow-wrap:anywhere}
nav{position:sticky;top:24px;align-self:start;font-size:13px;max-height:calc(100vh - 48px);overflow:auto}
nav ol{list-style:none;margin:0;padding:0;counter-reset:part}
nav li{counter-increment:part;margin:0}
nav a{display:grid;grid-template-columns:22px 1fr;padding:5px 0;color:var(--ink-2);text-decoration:none;line-height:1.35}
nav a::before{content:counter(part);color:var(--ink-3);font-variant-numeric:tabular-nums}
nav a:hover{color:var(--ink);text-decoration:underline}
main{min-width:0;counter-reset:part}
section{margin:0 0 56px;counter-increment:part;scroll-margin-top:16px}
h2{font-size:22px;line-height:1.25;letter-spacing:-.01em;font-weight:640;margin:0 0 16px;text-wrap:balance}
h2::before{content:counter(part) " ";color:var(--ink-3);font-weight:420;padding-right:6px}
h3{font-size:15px;font-weight:640;margin:28px 0 8px;overflow-wrap:anywhere}
p{max-width:72ch;margin:0 0 14px;overflow-wrap:anywhere}
.sources{font-size:12px;color:var(--ink-3);max-width:none}.note,.absent{color:var(--ink-3);font-size:13px}
.absent{border:1px dashed var(--rule-firm);border-radius:6px;padding:12px 16px;max-width:none}
ul{margin:0 0 16px;padding-left:20px;max-width:76ch}li{margin:0 0 5px;overflow-wrap:anywhere}
data{font-variant-numeric:tabular-nums;white-space:nowrap}
`

const parts = `
.facts{display:grid;grid-template-columns:minmax(150px,240px) minmax(0,1fr);margin:0 0 20px;font-size:14px}
.facts dt{color:var(--ink-3);padding:6px 16px 6px 0;border-top:1px solid var(--rule)}
.facts dd{margin:0;padding:6px 0;border-top:1px solid var(--rule);overflow-wrap:anywhere;white-space:pre-line}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));background:var(--surface);border:1px solid var(--rule);border-radius:10px;overflow:hidden;margin:0 0 20px}
.tile{padding:14px 16px;box-shadow:1px 1px 0 var(--rule)}
.tile dt{font-size:13px;color:var(--ink-2)}.tile dd{margin:0}
.tile .big{font-size:28px;line-height:1.25;font-weight:540;letter-spacing:-.01em}
.tile .small{font-size:12px;color:var(--ink-3)}
figure{margin:0 0 24px;min-width:0}figure .note{margin:6px 0 0}
figure.narrow{max-width:560px}
figcaption{font-weight:540;font-size:14px;margin:0 0 6px;overflow-wrap:anywhere}
.scroll{overflow-x:auto;border:1px solid var(--rule);border-radius:10px;background:var(--surface)}
.scroll:focus-visible{outline:2px solid var(--run);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:13px}
th{font-weight:540;color:var(--ink-2);text-align:left;font-size:12px;line-height:1.3}
th,td{padding:8px 12px;border-bottom:1px solid var(--rule);vertical-align:top}thead th{vertical-align:bottom}
tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}
td{min-width:0}td.text{min-width:96px;max-width:46ch;overflow-wrap:break-word}
.range{display:block;font-size:11.5px;color:var(--ink-3);white-space:nowrap}
.right{text-align:right;font-variant-numeric:tabular-nums}
td.share{text-align:right;min-width:150px;font-variant-numeric:tabular-nums}td.share div{float:left;width:calc(100% - 72px);height:8px;margin-top:6px}td.share i{display:block;height:100%;min-width:1px;background:var(--blue);opacity:.75;border-radius:1px}th.thin{width:1%}.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.matrix td{text-align:center;padding:14px 12px;min-width:84px;background:color-mix(in srgb,var(--blue) var(--heat),transparent)}
.matrix td.miss{background:color-mix(in srgb,var(--orange) var(--heat),transparent)}
.matrix td b{display:block;font-size:17px;font-weight:540}.matrix td span{font-size:12px;color:var(--ink)}
.matrix th{white-space:normal;overflow-wrap:anywhere;vertical-align:middle;max-width:160px}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;padding:0;margin:0 0 12px;font-size:12px;color:var(--ink-2);max-width:none}
.legend li{display:flex;align-items:center;gap:7px;margin:0}.legend svg{width:20px;height:12px;flex:none}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,320px),1fr));gap:16px;margin:0 0 16px}
.chart{background:var(--surface);border:1px solid var(--rule);border-radius:10px;padding:12px 12px 8px;margin:0}
.chart figcaption{display:flex;justify-content:space-between;gap:12px;align-items:baseline;margin:0 2px 8px;font-size:13px}
.chart figcaption small{font-size:12px;font-weight:420;color:var(--ink-3);white-space:nowrap;font-variant-numeric:tabular-nums}
.chart figcaption code,td code{min-width:0;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
.chart svg{display:block;width:100%;max-width:460px;height:auto;margin:0 auto}
.decision{background:var(--surface);border:1px solid var(--rule);border-radius:10px;margin:0 0 24px;overflow:hidden}
.decision>header{padding:16px 20px 12px;display:flex;flex-wrap:wrap;gap:6px 12px;align-items:baseline;justify-content:space-between}
.decision h3{margin:0;font-size:16px}.decision .phase{flex-basis:100%;font-size:12px;color:var(--ink-3)}
.decision .facts{padding:0 20px;margin:0 0 12px}
.pill{font-size:12px;border-radius:99px;padding:2px 10px;white-space:nowrap;background:var(--sunken);color:var(--ink-2)}
.pill.agrees{background:var(--clear-wash);color:var(--clear)}.pill.departs{background:var(--held-wash);color:var(--held)}
.options{list-style:none;margin:0;padding:0;max-width:none}
.options>li{padding:12px 20px 12px 46px;border-top:1px solid var(--rule);margin:0;position:relative;font-size:13px}
.options>li::before{content:"";position:absolute;left:20px;top:16px;width:12px;height:12px;border-radius:50%;border:1.5px solid var(--rule-firm)}
.options>li.chosen::before{background:var(--run);border-color:var(--run);box-shadow:inset 0 0 0 2.5px var(--surface)}
.options h4{margin:0 0 2px;font-size:14px;font-weight:540;display:flex;flex-wrap:wrap;gap:4px 10px;align-items:baseline;overflow-wrap:anywhere}
.options p{margin:0 0 6px;color:var(--ink-2)}.options ul{margin:0;padding-left:16px;font-size:12.5px;color:var(--ink-2)}
footer{grid-column:1/-1;border-top:1px solid var(--rule-firm);padding:16px 0;font-size:12px;color:var(--ink-3);overflow-wrap:anywhere}
`

const marks = `
svg text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;fill:var(--ink-3);font-variant-numeric:tabular-nums}
svg .level{fill:var(--ink);font-size:12px}svg .end{text-anchor:end}svg .middle{text-anchor:middle}svg .faint{fill:var(--ink-3)}
.grid{stroke:var(--grid)}.zero{stroke:var(--rule-firm)}.axis,.tickmark{stroke:var(--rule-firm);fill:none}
.line{fill:none;stroke:var(--blue);stroke-width:1.8;stroke-linejoin:round}.line.apart{stroke:var(--grey);stroke-width:3}
.band{fill:var(--band)}.density{fill:var(--density)}.hatch{fill:url(#hatch)}
.raises{fill:var(--orange)}.lowers{fill:var(--blue)}.apart-fill{fill:var(--grey)}
.sunken{fill:var(--sunken)}.whisker{stroke:var(--ink-2);stroke-width:1.5;fill:none}.whisker.thin{stroke-width:.8}
.reference{stroke:var(--grey);stroke-dasharray:4 3;fill:none}
.point{fill:var(--blue);stroke:var(--surface);stroke-width:1.5}.ring{fill:var(--surface);stroke:var(--blue);stroke-width:1.8}
.bar{fill:var(--blue)}.bar.series-0{fill:var(--density)}.bar.series-1{fill:var(--blue)}.faint-dot{fill:var(--blue);fill-opacity:.45}
.interval{stroke:var(--blue);stroke-width:2.5}.box{fill:var(--band);stroke:var(--blue)}
${[0, 1, 2, 3, 4, 5, 6, 7].map((k) => `.line.class-${k}{stroke:var(--c${k})}.dot.class-${k}{fill:var(--c${k})}`).join('')}
`

const live = `
.told{display:block;min-height:1.5em;font-size:12px;color:var(--ink-2);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.cursor{fill:var(--run);fill-opacity:0;stroke:none;pointer-events:none}.cursor.on{fill-opacity:.16;stroke:var(--run);stroke-opacity:.5}
.chart svg:focus-visible{outline:2px solid var(--run);outline-offset:2px;border-radius:4px}
details{font-size:12px;margin:4px 0 0}summary{cursor:pointer;color:var(--ink-2);padding:4px 0}details .scroll{max-height:320px;overflow:auto}
.control{margin:0 0 12px;font-size:13px}.control select,.inputs input,.inputs select,button{font:inherit;color:inherit;background:var(--surface);border:1px solid var(--rule-firm);border-radius:6px;padding:5px 8px;max-width:100%}
button{cursor:pointer;padding:5px 12px}input:focus-visible,select:focus-visible,button:focus-visible,summary:focus-visible,a:focus-visible{outline:2px solid var(--run);outline-offset:2px}
.charts .away{display:none}.charts.one{grid-template-columns:minmax(0,640px)}.charts.one .chart svg{max-width:none}
.slider{display:flex;flex-wrap:wrap;gap:6px 16px;align-items:center;font-size:13px;margin:0 0 8px}.slider:empty{display:none}.slider label{display:flex;gap:10px;align-items:center;flex:1 1 260px}.slider input{flex:1;min-width:120px;accent-color:var(--run)}.slider .told{flex-basis:100%}
.playground{margin:0 0 24px;display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 24px;align-items:start}.playground .absent{grid-column:1/-1}.inputs{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,180px),1fr));gap:12px 16px;margin:0 0 8px}.says{position:sticky;top:16px}.says h3{margin-top:0}
.input{display:flex;flex-direction:column;gap:2px;min-width:0}.input label{font-size:13px;font-weight:540;overflow-wrap:anywhere}.input .small{font-size:12px;color:var(--ink-3)}
.badge{align-self:start;font-size:12px;background:var(--held-wash);color:var(--held);border-radius:99px;padding:1px 9px}.badge:empty{display:none}
.inputs button{align-self:end;justify-self:start}.answer{background:var(--surface);border:1px solid var(--rule);border-radius:10px;padding:14px 16px}
.said strong{font-size:24px;font-weight:540;margin-right:8px;overflow-wrap:anywhere}.waterfall caption{text-align:left;font-size:12px;color:var(--ink-2);padding:4px 0}
.waterfall th,.waterfall td{padding:4px 8px 4px 0;border:0;overflow-wrap:anywhere}.waterfall th{width:38%}.waterfall .bar-cell{width:46%}.waterfall i{display:block;height:10px;min-width:1px;border-radius:1px;background:var(--blue)}.waterfall i.raise{background:var(--orange)}
`

const narrow = `
@media (max-width:860px){
.page{display:block;padding:0 18px 64px}.playground{display:block}.says{position:static;margin-top:16px}.cover{padding:28px 0 20px;margin-bottom:24px}.brand{margin-bottom:24px}
nav{position:static;max-height:none;margin:0 0 32px;padding:0 0 20px;border-bottom:1px solid var(--rule)}
nav ol{columns:2;column-gap:24px}h1{font-size:27px}.lead{font-size:16px}section{margin-bottom:44px}}
@media (max-width:560px){
nav ol{columns:1}nav a{padding:9px 0}.facts{grid-template-columns:1fr}.facts dt{padding-bottom:0}.facts dd{border-top:0;padding-top:1px}
.tile .big{font-size:24px}.tiles{grid-template-columns:1fr 1fr}.options>li{padding:12px 14px 12px 38px}.options>li::before{left:14px}
.decision>header{padding:14px 14px 10px}.decision .facts{padding:0 14px}}
`

const paper = `
@page{margin:18mm 14mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#646970}}
@media print{
body{background:#fff;font-size:10.5pt}.page{display:block;max-width:none;padding:0}.cover{padding-top:0}nav{position:static;max-height:none;margin-bottom:24px}
nav ol{columns:2}section{margin-bottom:28px}h2,h3,figcaption,.legend{break-after:avoid}.chart,.tile,tr,.options>li{break-inside:avoid}
.scroll{overflow:visible}.scroll table{font-size:8pt}.range{white-space:normal;font-size:7pt}th,td{padding:3px 5px}td.text{min-width:0}th{white-space:normal}td,th,.density,.band,.pill,.matrix td{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details,.slider,.control,.playground,.told{display:none}.charts .away{display:block}a{color:inherit;text-decoration:none}.charts{display:block;margin-right:-10px;orphans:1;widows:1}p:has(+.legend){break-after:avoid}.chart{display:inline-block;vertical-align:top;width:calc(50% - 12px);margin:0 10px 10px 0}.legend{break-inside:avoid}.decision>header{break-inside:avoid;break-after:avoid}.decision{overflow:visible}.facts dt,.facts dd,.sources{break-inside:avoid}.sources{break-before:avoid}}
`

/** Everything that the page looks by: light, dark and on paper, on a phone too. */
export const reportStyle = [
  `:root{${light}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${dark}}}`,
  page,
  parts,
  marks,
  live,
  narrow,
  paper,
]
  .join('')
  .replaceAll('\n', '')
