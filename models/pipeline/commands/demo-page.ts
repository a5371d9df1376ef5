/** One stage of the demonstration, as it went. */
export interface DemoStep {
  readonly name: string;
  readonly told: string;
  readonly args: readonly string[];
  readonly seconds: number;
  /** `objected`: the gate refused, or there is an alarm. */
  readonly outcome: 'done' | 'objected';
  /** Relative to the page. */
  readonly report?: string;
}

const STYLE =
  ':root{color-scheme:light dark}body{max-width:60rem;margin:0 auto;padding:1.5rem;font:16px/1.5 system-ui,sans-serif}div{overflow-x:auto}table{border-collapse:collapse}th,td{text-align:left;padding:.35rem .75rem;border-bottom:1px solid #8886;vertical-align:top}code{overflow-wrap:anywhere;font-size:.85rem}td.n{text-align:right}';

/** A page that leads to what every stage left behind. */
export function demoPage(steps: readonly DemoStep[], rows: number): string {
  const body = steps.map(
    ({ name, told, args, seconds, outcome, report }) =>
      `<tr><th scope="row">${name}</th><td>${escaped(told)}<br><code>vigia ${name} ${escaped(args.join(' '))}</code></td><td class="n">${seconds.toFixed(1)} s</td><td>${outcome}</td><td>${report === undefined ? '' : `<a href="${encodeURI(report)}">${escaped(report)}</a>`}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Vigía: demonstration</title><style>${STYLE}</style></head>
<body><h1>Vigía: every stage on ${rows} synthetic visits</h1>
<p>The visits were drawn from aggregates and belong to nobody. The model learned from them says nothing about patients and must not be used.</p>
<div><table><thead><tr><th>stage</th><th>what it did</th><th>time</th><th>outcome</th><th>report</th></tr></thead><tbody>${body.join('\n')}</tbody></table></div></body></html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
