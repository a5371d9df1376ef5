/** Style sheet of the page: five colours that differ in lightness too, for light and dark screens and for print. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--text:#1b2430;--soft:#5b6675;--line:#d5dbe3;--c0:#2a7f9e;--c1:#4f9d55;--c2:#d98a1f;--c3:#8a5fb8;--c4:#b3263a;--positive:#2f6db5;--negative:#c2571a}
@media (prefers-color-scheme:dark){:root{--ground:#12181f;--text:#e6ebf1;--soft:#9aa7b6;--line:#33404e;--c0:#5fb7d6;--c1:#7fce86;--c2:#f0b25a;--c3:#bb97e6;--c4:#ff7a8a;--positive:#5b9ae6;--negative:#ea8a4c}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1.5rem;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif}
h1{overflow-wrap:anywhere;font-size:1.6rem;margin:0 0 .5rem}h2{margin:2.5rem 0 .75rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}h3{margin:1.5rem 0 .25rem}
p{max-width:46rem;color:var(--soft)}nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}a{color:var(--positive)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}.legend svg{margin-right:.4rem;vertical-align:-2px}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(19rem,100%),1fr));gap:1rem}
figure{margin:0 0 1.25rem}figcaption{font-weight:600;margin-bottom:.25rem}figure svg{width:100%;height:auto;display:block}
svg text{fill:var(--text);font:12px system-ui,sans-serif}svg text.cell{font-size:9.5px;text-anchor:middle}
.axis{stroke:var(--soft)}.mark{stroke:var(--text);stroke-width:2}.frame{fill:none;stroke:var(--line)}.none{fill:var(--line);opacity:.4}
.line{fill:none;stroke-width:2}.positive{fill:var(--positive)}.negative{fill:var(--negative)}
.c0{--c:var(--c0)}.c1{--c:var(--c1)}.c2{--c:var(--c2)}.c3{--c:var(--c3)}.c4{--c:var(--c4)}.line{stroke:var(--c)}.fill{fill:var(--c)}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;margin:.5rem 0 1rem}
th,td{padding:.2rem .6rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}th[scope=row],th:first-child{text-align:left;font-weight:500}
@media print{section{break-inside:avoid}}
`;
