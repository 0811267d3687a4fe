// How the report looks, on screen and on paper. It is a file of the person's own, so its style stands in it.

export const STYLE = `
:root{color-scheme:light dark;--text:#1d2b2a;--muted:#4e5c5a;--bg:#fffdf9;--edge:#d8d0c0;--accent:#1f6661}
@media (prefers-color-scheme:dark){:root{--text:#e8ece9;--muted:#b3c0bc;--bg:#141c1b;--edge:#3a4846;--accent:#7cc4bb}}
body{margin:0;background:var(--bg);color:var(--text);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:44rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:1.75rem;line-height:1.2}h2{font-size:1.35rem;margin:2.5rem 0 .5rem}
h3{font-size:1.1rem;margin:2rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--edge)}h4{font-size:1rem;margin:1.25rem 0 0}
p{margin:.25rem 0}.muted,.end,.days{color:var(--muted);font-size:.875rem}
dl{margin:.25rem 0}dl div{margin:.25rem 0}dt{font-size:.875rem;color:var(--muted)}dd{margin:0;white-space:pre-line}
figure{margin:1.5rem 0}figcaption{font-weight:600}figcaption .muted{font-weight:400}
svg{display:block;width:100%;height:auto}.rule{stroke:var(--edge);fill:none}.line{stroke:var(--accent);stroke-width:1.5;fill:none;stroke-linejoin:round}.dot{fill:var(--accent)}
.days{display:flex;justify-content:space-between;border-top:1px solid var(--edge)}
details{margin:.5rem 0}summary{cursor:pointer;padding:.5rem 0;color:var(--accent)}
table{border-collapse:collapse;width:100%;font-size:.875rem}caption{text-align:start;color:var(--muted)}th,td{padding:.25rem .5rem .25rem 0;text-align:start;border-bottom:1px solid var(--edge);font-weight:400}thead th{font-weight:600}
@media print{:root{color-scheme:light;--text:#000;--muted:#444;--bg:#fff;--edge:#bbb;--accent:#1f6661}main{max-width:none;padding:0}article,figure{break-inside:avoid}h2,h3,h4{break-after:avoid}details{display:none}}
`.trim();
