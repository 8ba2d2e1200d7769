/** How maps of settings look, with their signs and legend: heat maps, lines. */
export const mapStyle = `
.heat table{min-width:0;border-collapse:separate;border-spacing:4px}
.heat caption{padding:0 0 4px 4px}
.heat th,.heat td{border:0;padding:6px}
.heat thead th,.heat thead td{border-bottom:0;text-align:center}
.heat tbody th{min-width:2.5rem;padding-left:0;text-align:right;vertical-align:middle}
.heat td.cell{text-align:center;white-space:nowrap;border:3px solid transparent;border-radius:6px;min-width:5.2rem}
.heat td.cell .ci{color:inherit;font-size:.86em}
.heat td.plain{background:var(--card)}
.heat td.good{border-color:var(--ink)}
.heat td.early{border:2px dashed var(--soft)}
.heat .marks{font-weight:700;margin-left:.3em}
.legend.key{font-size:.85rem;row-gap:4px;align-items:center;margin:14px 0 6px}
.key span.chip{display:inline-block;min-width:1.9em;text-align:center;border:3px solid transparent;border-radius:6px;line-height:1.3;margin-right:.35em}
.key span.chip.good{border-color:var(--ink)}
.key span.chip.early{border:2px dashed var(--soft)}
.scale{font-size:.85rem;margin:0 0 4px 4px;display:flex;flex-wrap:wrap;gap:4px 14px;align-items:center}
.scale .ramp{display:inline-flex;margin:0 .5em;vertical-align:middle;border:1px solid var(--line)}
.scale .ramp span{width:1.15em;height:1em}
.scale .theirs{padding:.1rem .6rem;border-radius:4px}
.sign-good{fill:var(--b)}
.sign-poor{stroke:var(--bad);stroke-width:2.4;fill:none}
.sign-early{stroke:var(--soft);stroke-width:1.8;fill:none;stroke-dasharray:2.5 1.8}
.sign-unknown{stroke:var(--soft);stroke-width:1.8;fill:none}
.sign-mean{stroke:var(--ink);stroke-width:2.6}
.sign-line{stroke:var(--a);stroke-width:1.8}
.sign-band{fill:var(--band)}
.setting{font-family:var(--mono);font-size:.9em;overflow-wrap:anywhere}
.setting.whole{white-space:nowrap}
@media (max-width:700px){
.heat table{border-spacing:2px}
.heat tbody th:first-child{max-width:5.2rem;min-width:2.2rem}
.heat th,.heat td{padding:5px 3px}
.heat td.cell{min-width:4.2rem}
.heat td.cell .ci{white-space:normal}
}
@media print{
.heat td,.key span,.scale span{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.heat td.cell{min-width:0}
}
`;

/** What the page of a sweep has beside the report's style sheet. */
export const sweepStyle = `${mapStyle}
.maps{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:0 32px}
.maps.many{grid-template-columns:minmax(0,1fr)}
.maps>*{min-width:0}
.small .chart{margin:14px 0 10px}
.small .plot{max-width:none}
@supports selector(:has(a)){.small .wide{display:none}.small .narrow{display:block}}
thead th.num{max-width:13rem}
tbody th.num{min-width:2.4rem}
.state.good{color:var(--good);font-weight:600}
.state.poor{color:var(--bad);font-weight:600}
tr.early td,tr.early th{color:var(--soft)}
@media (max-width:700px){
tbody th.num:first-child{min-width:2rem}
}
`;
