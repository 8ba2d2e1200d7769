import type { Language } from './language.ts';

/**
 * The page's style sheet. The language that is not chosen is hidden by the state of the switch alone; a browser that
 * cannot do that shows the first language. Colours keep a contrast of at least 4.5 to 1 for text in both schemes.
 */
export function style(first: Language): string {
  const second = first === 'en' ? 'ja' : 'en';
  return `${base}
body:has(#show-ja:checked) .en,body:has(#show-en:checked) .ja{display:none}
@supports not selector(:has(a)){.${second},.languages{display:none}}
${screens}`;
}

const base = `
:root{color-scheme:light dark;
--paper:#fcfbf8;--card:#fff;--ink:#1b2126;--soft:#57606a;--line:#e2dfd7;--band:#efe9d9;
--a:#9a4a00;--b:#0b5a9d;--good:#0b5a9d;--bad:#a3260b;--link:#0b5a9d;
--shade-1:#eef4fa;--shade-2:#d6e6f4;--shade-3:#b3d1ea;--shade-4:#85b4db;--shade-5:#1f6fae;--shade-6:#0b4a84;
--on-light:#1b2126;--on-dark:#fff;
--class-1:#9cc3e6;--class-2:#f3b98a;--class-3:#9fd6a6;--class-4:#dcb0d8;--class-5:#ead77f;--class-6:#e9a6a0;--class-7:#8fd4d2;--class-8:#cdbfa6;--class-9:#bdb5ea;--class-10:#c6cf80;--class-11:#f2b3cb;--class-12:#b4bec6;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,"Hiragino Kaku Gothic ProN","Yu Gothic",Meiryo,"Noto Sans CJK JP","Noto Sans JP",sans-serif;
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono","DejaVu Sans Mono",monospace}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:17px/1.6 var(--sans);-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0}
header,main,footer{max-width:1060px;margin:0 auto;padding:0 28px}
[lang=ja]{text-autospace:normal;line-break:strict;overflow-wrap:anywhere}
h1,h2,h3,p,dl,dd,ul,ol,figure,pre{margin:0}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--b);outline-offset:2px}
code,pre{font-family:var(--mono);font-size:.88em}
.n{white-space:nowrap}
.soft{color:var(--soft)}
.told{max-width:46rem;margin:14px 0}
ul.told{padding-left:1.2em}
.told li{margin:0 0 .4em}
.hint,figcaption,caption,.notes{color:var(--soft);font-size:.85rem;line-height:1.55}
.hint,main>section>p{max-width:46rem}
.skip{position:absolute;left:-100vw}
.skip:focus{left:12px;top:8px;background:var(--card);padding:.4rem .8rem;z-index:2}

header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:8px 24px;padding-top:20px;padding-bottom:20px}
.brand{display:flex;flex-wrap:wrap;gap:0 18px;font-size:.88rem;color:var(--soft);overflow-wrap:anywhere}
.brand strong{color:var(--ink);letter-spacing:.01em}
.languages{border:1px solid var(--line);border-radius:99px;margin:0;padding:2px;display:flex;background:var(--card)}
.languages legend,.languages input{position:absolute;opacity:0;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.languages label{padding:.2rem .9rem;border-radius:99px;font-size:.85rem;cursor:pointer;color:var(--soft)}
.languages input:checked+label{background:var(--ink);color:var(--paper)}
.languages input:focus-visible+label{outline:3px solid var(--b);outline-offset:2px}

.verdict{padding:20px 0 8px}
.outcome{display:inline-flex;align-items:center;gap:.5em;font-weight:600;font-size:.95rem;border:2px solid currentColor;border-radius:99px;padding:.1rem .9rem .1rem .55rem}
.outcome.adopt,.outcome.simpler-is-enough{color:var(--good)}
.outcome.reject{color:var(--bad)}
h1{font-size:clamp(1.55rem,1rem + 2.4vw,2.55rem);line-height:1.22;font-weight:650;letter-spacing:-.012em;margin:18px 0 16px;max-width:24em;text-wrap:balance}
th [lang=ja]{word-break:auto-phrase}
h1 [lang=ja]{text-autospace:normal;letter-spacing:0;line-height:1.4;word-break:auto-phrase}
.ab{color:var(--soft);max-width:46rem}
.lead{display:grid;grid-template-columns:3fr 2fr;gap:12px 40px;margin:26px 0 34px;padding-top:22px;border-top:1px solid var(--line)}
.lead h2,.quiet{font-size:.95rem;font-weight:650;margin:0 0 6px;color:var(--soft)}
.lead ul{padding:0;list-style:none}
.lead li{margin:0 0 .55em}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(235px,1fr));gap:16px;margin:10px 0 30px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px;font-size:.88rem;color:var(--soft)}
.card h3{font-size:.88rem;font-weight:600;color:var(--soft);line-height:1.4;margin:0;overflow-wrap:anywhere}
.big{font-size:1.8rem;line-height:1.25;font-weight:650;color:var(--ink);font-variant-numeric:tabular-nums;margin:.2rem 0 .35rem}
.statement{margin-top:.8rem;padding-left:14px;border-left:3px solid var(--line);font-size:.92rem;max-width:46rem}

.contents{border-top:1px solid var(--line);border-bottom:1px solid var(--line);padding:12px 0;margin:34px 0 0;font-size:.88rem;display:flex;flex-wrap:wrap;gap:0 20px}
.contents p{color:var(--soft)}
.contents ol{list-style-position:inside;padding:0;display:flex;flex-wrap:wrap;gap:0 20px}
main>section{padding-top:18px}
main>section:not(.verdict)>h2{font-size:1.5rem;line-height:1.3;font-weight:650;letter-spacing:-.008em;margin:46px 0 10px;text-wrap:balance}
.number{color:var(--soft);font-weight:400;margin-right:.25em;font-variant-numeric:tabular-nums}
main>section:not(.verdict) h3{font-size:1.08rem;font-weight:650;margin:30px 0 6px}
footer{color:var(--soft);font-size:.82rem;padding-top:48px;padding-bottom:48px}

.chart{margin:22px 0 26px}
.chart figcaption{margin-top:6px;max-width:46rem}
.plot{display:block;width:100%;max-width:860px;height:auto;font-family:inherit}
.plot text{white-space:pre}
.narrow{display:none}
.narrow .plot{max-width:440px}
.legend{display:flex;flex-wrap:wrap;gap:0 22px;font-size:.9rem;margin-bottom:8px}
.sign{vertical-align:-.1em}
.sign-a{fill:var(--paper);stroke:var(--a);stroke-width:2.2}
.sign-b{fill:var(--b)}
.sign-other{stroke:var(--soft);stroke-width:2;fill:none}

.scroll{overflow-x:auto;margin:22px 0 8px;max-width:100%}
table{border-collapse:collapse;font-size:.86rem;line-height:1.4;font-variant-numeric:tabular-nums;min-width:min(100%,34rem)}
caption{text-align:left;padding:0 0 8px}
caption>span{display:block;position:sticky;left:0;max-width:min(46rem,100vw - 32px)}
th,td{padding:7px 14px 7px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th,thead td{font-weight:600;color:var(--soft);vertical-align:bottom;border-bottom:1.5px solid var(--soft);line-height:1.3}
tbody th[rowspan]{border-bottom:1px solid var(--line)}
tbody th{font-weight:600;overflow-wrap:anywhere;min-width:7.6rem;max-width:15rem}
.num{text-align:right;padding-right:18px}
td.num,td.short{white-space:nowrap}
thead th.num{max-width:8rem}
.ci{display:block;color:var(--soft);font-size:.92em;font-weight:400}
.prose{min-width:13rem;max-width:26rem;overflow-wrap:anywhere}
.name{overflow-wrap:anywhere}
tr.baseline th,tr.baseline td,tr.candidate th,tr.candidate td{background:color-mix(in srgb,var(--band) 45%,transparent)}
tr.baseline th:first-child,tr.candidate th:first-child{box-shadow:inset 3px 0 var(--b)}
tr.baseline th:first-child{box-shadow:inset 3px 0 var(--a)}
tr.baseline th:first-child,tr.candidate th:first-child,tr.reference th:first-child{padding-left:10px}
tr.part th{padding-top:16px;color:var(--soft)}
.state{white-space:nowrap}
.glyph{display:inline-block;min-width:1.1em;text-align:center}
.state.better,.state.kept{color:var(--good);font-weight:600}
.state.worse,.state.broken,.state.stop{color:var(--bad);font-weight:600}
.state.unmeasurable,.state.unmeasurableGroups{white-space:normal;display:inline-block;min-width:9rem}
.notes{margin:0 0 14px;display:flex;gap:.6em}
.notes ol{padding-left:1.3em}
sup{line-height:0}
.mark{text-decoration:none;padding-left:.15em}
td.bar{width:45%;min-width:8rem;vertical-align:middle}
.bar svg{display:block;width:100%;height:10px}
.bar rect{fill:var(--b)}
.terms{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:10px 40px;margin:16px 0;font-size:.92rem}
.terms div{display:flex;gap:.9em}
.terms dt{font-weight:650}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,25rem),1fr));gap:0 32px}
.matrix,.two>*{min-width:0}
.matrix table{min-width:0}
.matrix th,.matrix td{padding:7px 10px}
.matrix td.num{border:1px solid var(--line)}
.right{font-weight:700}
.shades{font-size:.85rem;margin-top:10px;display:flex;flex-wrap:wrap;gap:6px;align-items:center}
.shades span[class^=shade]{padding:.1rem .6rem;border-radius:4px}
.shade-1{background:var(--shade-1);color:var(--on-light)}
.shade-2{background:var(--shade-2);color:var(--on-light)}
.shade-3{background:var(--shade-3);color:var(--on-light)}
.shade-4{background:var(--shade-4);color:var(--on-light)}
.shade-5{background:var(--shade-5);color:var(--on-dark)}
.shade-6{background:var(--shade-6);color:var(--on-dark)}
.facts{font-size:.92rem;margin-top:8px}
.facts div{display:grid;grid-template-columns:15rem 1fr;gap:2px 24px;padding:6px 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--soft)}
.facts dd{overflow-wrap:anywhere}
.command{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px 16px;white-space:pre-wrap;overflow-wrap:anywhere;user-select:all}
.command span{display:inline-block;max-width:100%}
.papers{font-size:.88rem;padding-left:1.2em}
.alarm{border:2px solid var(--bad);border-radius:10px;padding:4px 20px 12px;margin:30px 0}
.alarm h3 .glyph,.alarm-line .glyph{color:var(--bad);font-weight:700}
.alarm thead th{min-width:5.5rem}
.alarm.quiet-alarm{border:1px solid var(--line)}
.alarm caption>span{max-width:min(46rem,100vw - 76px)}
main>section:not(.verdict) .alarm h3{margin-top:12px}
.alarm-line{border-left:4px solid var(--bad);padding:.2rem 0 .2rem 14px;margin:0 0 22px;max-width:46rem}
details{margin:16px 0}
summary{cursor:pointer;color:var(--link)}
`;

const screens = `
@media (max-width:700px){
html{font-size:16px}
header,main,footer{padding-left:16px;padding-right:16px}
.wide{display:none}
.narrow{display:block}
.lead{grid-template-columns:1fr}
.facts div{grid-template-columns:1fr}
main>section:not(.verdict)>h2{font-size:1.3rem;margin-top:34px}
tbody th:first-child{position:sticky;left:0;background:var(--paper);max-width:8.5rem;z-index:1}
tr.baseline th:first-child,tr.candidate th:first-child{background:color-mix(in srgb,var(--band) 45%,var(--paper))}
tr.part th:first-child{position:static;max-width:none}
.alarm{padding:4px 14px 10px}
.contents ol{display:block}
.contents li{padding:.25rem 0}
td.bar{min-width:6rem}
}
@media screen and (prefers-color-scheme:dark){:root{
--paper:#14181c;--card:#1b2126;--ink:#e8e6e1;--soft:#a4adb6;--line:#30373e;--band:#2c2a22;
--a:#f0a35c;--b:#6cb4f2;--good:#6cb4f2;--bad:#ff9a85;--link:#8cc4f5;
--shade-1:#1a2630;--shade-2:#1d3245;--shade-3:#1f4261;--shade-4:#22567f;--shade-5:#8fc3ee;--shade-6:#c3e0f8;
--on-light:#f2f4f6;--on-dark:#10151a;
--class-1:#2f5f8f;--class-2:#8a511f;--class-3:#2f6a41;--class-4:#734172;--class-5:#6a5c16;--class-6:#83403b;--class-7:#226666;--class-8:#5a5040;--class-9:#4d468c;--class-10:#535c1d;--class-11:#7d3d5a;--class-12:#4a555f}}
@media screen and (prefers-color-scheme:light){:root{color-scheme:light}}
@page{size:A4;margin:15mm 14mm}
@media print{
:root{color-scheme:light;--paper:#fff;--card:#fff}
html{font-size:10pt}
header,main,footer{max-width:none;padding-left:0;padding-right:0}
.languages,.contents,.screen,.skip{display:none}
.wide{display:block}.narrow{display:none}
body:has(#show-ja:checked) .en,body:has(#show-en:checked) .ja{display:none}
h1{font-size:21pt}
h2,h3,caption,.legend{break-after:avoid}
tr,figure,.card,.facts div,li,.matrix{break-inside:avoid}
h2+p{break-after:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
table{font-size:7.6pt}
th,td{padding:4px 8px 4px 0}
.num{padding-right:8px}
.prose{min-width:0}
.plot{max-width:100%}
.cards{grid-template-columns:repeat(3,1fr)}
tr.baseline th,tr.candidate th,tr.baseline td,tr.candidate td,[class^="num shade"],.shades span,.bar rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{color:inherit;text-decoration:none}
details::details-content{content-visibility:visible;display:block}
}
`;
