/** The page's whole style. Type and space are sized for a meeting screen read from three metres; below 600 px for a phone in the hand. */
export const pageStyle = `
:root{color-scheme:light dark;--ground:#f2f4f3;--card:#fff;--ink:#14212b;--soft:#475863;--line:#d5dcdf;--faint:#e7ecec;--band:#0c3d4a;--band2:#0f5563;--on-band:#fff;--soft-on-band:#cfe3e6;
--s0:#0b6f78;--s1:#b0501a;--s2:#5b4ba6;--f0:#0b6f78;--f1:#c9692c;--f2:#7a6bc4;--hatch:#fff;--bar:#0b6f78;--alarm:#a5182a;--alarm-ground:#fdeeee;--alert:#7a3d00;--alert-ground:#fff3df;--alert-line:#e0a049;--good:#1d6b3a;--focus:#0a58ca;
--sans:"Be Vietnam Pro","Segoe UI","SF Pro Text",-apple-system,BlinkMacSystemFont,Roboto,"Noto Sans","Liberation Sans","DejaVu Sans",Arial,sans-serif}
@media screen and (prefers-color-scheme:dark){:root{--ground:#0e161b;--card:#17222a;--ink:#ecf2f4;--soft:#afc0c8;--line:#33444e;--faint:#22303a;--band:#0a2c36;--band2:#0d3f4b;--on-band:#fff;--soft-on-band:#bcd8dd;
--s0:#5cc9d1;--s1:#f2a56b;--s2:#b9adf5;--f0:#2b98a2;--f1:#c9783f;--f2:#8c7fd6;--hatch:#0e161b;--bar:#3fb0b9;--alarm:#ff9a9a;--alarm-ground:#3a1b20;--alert:#ffd08a;--alert-ground:#33270f;--alert-line:#8a6320;--good:#7fd69b;--focus:#8ab8ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:400 1.125rem/1.5 var(--sans);font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
.skip{position:absolute;left:-999rem;top:0;background:var(--card);color:var(--ink);padding:.75rem 1rem;z-index:2}
.skip:focus{left:1rem;top:1rem}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.masthead{background:linear-gradient(100deg,var(--band),var(--band2));color:var(--on-band);display:grid;grid-template-columns:1fr auto;gap:.75rem 2rem;align-items:end;padding:2rem max(2rem,calc((100% - 84rem)/2)) 1.5rem}
.masthead p{margin:0}
.city{font-size:1.25rem;font-weight:600;color:var(--soft-on-band)}
h1{margin:0;font-size:clamp(2rem,4.4vw,3.5rem);line-height:1.1;font-weight:700;letter-spacing:-.015em}
.when{text-align:right}
.when span{display:block;color:var(--soft-on-band);font-size:1.125rem}
.when time{font-size:1.5rem;font-weight:600;white-space:nowrap}
.when b{font-size:clamp(2.5rem,5vw,4rem);line-height:1.05;font-weight:700;letter-spacing:-.02em;margin-right:.25rem}
.chips{grid-column:1/-1;list-style:none;margin:.25rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.5rem}
.chips li{border:1px solid rgb(255 255 255/.35);border-radius:2rem;padding:.2rem .9rem;color:var(--on-band);font-size:1.0625rem}
.chips .whole{background:#fff;color:#0c3d4a;border-color:#fff;font-weight:700}
.chips .short{background:#ffe3ad;color:#4a2a00;border-color:#ffe3ad;font-weight:700}
main{display:grid;grid-template-columns:minmax(0,1fr);gap:1.25rem;padding:1.25rem max(2rem,calc((100% - 84rem)/2))}
section{background:var(--card);border:1px solid var(--line);border-radius:.875rem;padding:1.25rem 1.5rem 1.5rem;min-width:0}
h2{margin:0 0 .75rem;font-size:1.5rem;line-height:1.2;font-weight:700;letter-spacing:-.01em}
h3{margin:1.25rem 0 .5rem;font-size:1.1875rem;line-height:1.3}
.slim{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:baseline;padding-block:.85rem}.slim h2,.slim .lead,.slim .note{margin:0}.slim h2{font-size:1.25rem}.slim .lead,.slim .note{font-size:1.125rem}
.lead{margin:.25rem 0 .75rem}
.note{margin:.75rem 0 0;color:var(--soft);font-size:1rem}
.alert{margin:.75rem 0 0;padding:.625rem 1rem;background:var(--alert-ground);border:1px solid var(--alert-line);border-left-width:.5rem;border-radius:.5rem}
.alert strong{color:var(--alert)}
.plain{margin:.5rem 0 0;padding-left:1.25rem}
.plain li{margin:.25rem 0}
.tiles{display:grid;gap:1rem;margin:0 0 1rem}
.tiles.main{grid-template-columns:repeat(auto-fit,minmax(min(15rem,100%),1fr))}
.tiles.side{grid-template-columns:repeat(auto-fit,minmax(min(14rem,100%),1fr))}
.tile{background:var(--faint);border-radius:.75rem;padding:1rem 1.25rem;display:flex;flex-direction:column;min-width:0}
.tile dt{font-size:1.1875rem;font-weight:600;color:var(--soft);order:0}
.tile dd{margin:0;order:1}
.tile .number{font-size:clamp(3rem,6.4vw,5.25rem);line-height:1.08;font-weight:700;letter-spacing:-.03em;overflow-wrap:normal}
.side .number{font-size:clamp(2.25rem,3.6vw,3rem);letter-spacing:-.02em}
.tile .detail{font-size:1.0625rem;color:var(--soft)}
.tile.alarm{background:var(--alarm-ground);box-shadow:inset .5rem 0 0 var(--alarm)}
.tile.alarm .number,.tile.alarm dt{color:var(--alarm)}
.box{overflow-x:auto;border-radius:.5rem;margin:.25rem 0 0;position:relative}
table{border-collapse:collapse;width:100%;font-size:1.125rem;line-height:1.35}
caption{text-align:left;font-weight:700;font-size:1.1875rem;padding:.25rem 0 .5rem}
th,td{padding:.45rem .6rem;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line)}
tbody th{font-weight:500}
thead th{font-size:1rem;font-weight:600;color:var(--soft);border-bottom:2px solid var(--line);vertical-align:bottom}
.right{text-align:right}
td.right,.box:not(.ranking) .short{white-space:nowrap}
td b{font-weight:700}
td small{font-size:.9375rem;color:var(--soft)}
#detail table{max-width:60rem}
.tiles+.note{margin-top:0}
.zero{color:var(--soft)}
.tied{font-weight:700}
.ranking td.right:last-child{font-weight:700;font-size:1.25rem}
.ranking td.right:last-child small{font-weight:400}
.ranking td.none:last-child{font-weight:400;font-size:1rem;color:var(--soft)}
.ranking tbody th{font-weight:600}
.ranking td.right:first-child,.ranking th.right:first-child{white-space:nowrap;width:1%}
.ranking td small{font-weight:400}
.barcell{width:26%;min-width:4.5rem}.card:not(:only-child) .barcell{width:17%}.card:last-child:nth-child(odd) .barcell{width:26%}
.bar{display:block;width:100%;height:1.125rem}
.bar .track{fill:var(--faint)}
.bar .fill{fill:var(--bar)}
.long table{font-size:1.0625rem}
.long thead th:first-child,.long tbody th,.wide thead th:first-child,.wide tbody th,#layout tbody th{position:sticky;left:0;background:var(--card)}
.long tbody th,.long td{white-space:nowrap}
.box td.unbroken{white-space:normal;overflow-wrap:anywhere;min-width:14rem}
.box+.box{margin-top:1.25rem}
.cards{display:grid;grid-template-columns:minmax(0,1fr);gap:1.25rem 2.5rem;align-items:start}
.card{min-width:0}.cards+.lead{margin-top:1rem}.card .note{margin-top:.5rem}
.ranking tbody tr:last-child>*{border-bottom:0}
figure{margin:0;min-width:0}
figcaption{font-weight:700;font-size:1.1875rem}
.legend{list-style:none;margin:.25rem 0 .5rem;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;font-size:1.125rem}
.legend svg{vertical-align:-.1em}
.lines{display:block;width:100%;height:auto}
.lines text{font-size:15px;fill:var(--soft)}
.lines .y{text-anchor:end}.lines .x{text-anchor:middle}
.grid{stroke:var(--line);stroke-width:1}
.line{fill:none;stroke-width:3.5;stroke-linejoin:round;stroke-linecap:round}
.line.s0{stroke:var(--s0)}.line.s1{stroke:var(--s1);stroke-dasharray:9 7}
.area{fill:var(--s0);opacity:.12}
.marker{stroke:var(--card);stroke-width:1.5}
.marker.s0{fill:var(--s0)}.marker.s1{fill:var(--s1)}
.key-table{font-size:1.375rem}.key-table thead th{font-size:1rem}.key-table b{font-size:1.625rem}
.shares{display:block;width:100%;height:5.25rem;border-radius:.5rem;margin:.5rem 0 .75rem}
.part{stroke:var(--card);stroke-width:1}
.f0{fill:var(--f0)}.f1{fill:var(--f1)}.f2{fill:var(--f2)}
.hatch{stroke:var(--hatch);stroke-width:1.6;fill:none;opacity:.85}.hatch.dot{fill:var(--hatch);stroke:none}
.key{vertical-align:-.3em;margin-right:.35rem}
details{margin-top:.75rem}
summary{cursor:pointer;color:var(--soft);font-size:1rem;padding:.35rem 0}
details table{font-size:1rem}
.chipgrid{list-style:none;margin:.5rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(15rem,100%),1fr));gap:.5rem}
.chipgrid li{border:1px solid var(--line);border-radius:.5rem;padding:.45rem .7rem;display:grid;grid-template-columns:1fr auto;gap:.1rem .5rem;align-items:center;align-content:center;font-size:1rem}
.chipgrid .bad{border-color:var(--alarm);background:var(--alarm-ground)}
.chipgrid .bad .name{font-weight:700}
.told{grid-column:1/-1;color:var(--soft);font-size:.9375rem}.bad .told{color:var(--alarm)}
.states{display:flex;gap:.2rem}
.state{display:inline-grid;place-items:center;width:1.35em;height:1.35em;border-radius:.25rem;font-size:.875rem;font-weight:700;line-height:1}
.state.pass{background:var(--faint);color:var(--good)}
.state.fail{background:var(--alarm);color:var(--card)}
.state.unknown,.state.untested{background:var(--card);color:var(--soft);box-shadow:inset 0 0 0 1px var(--line)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer{padding:.5rem max(2rem,calc((100% - 84rem)/2)) 2rem;color:var(--soft);font-size:.9375rem}
footer p{margin:.15rem 0}
@media (min-width:1000px){#layout tbody th{white-space:nowrap}}
@media (min-width:1000px),print{main{grid-template-columns:repeat(5,minmax(0,1fr))}section{grid-column:1/-1}#day{grid-column:span 3}#channels{grid-column:span 2}.cards{grid-template-columns:repeat(2,minmax(0,1fr))}.card:last-child:nth-child(odd){grid-column:1/-1}}
@media screen and (max-width:600px){body{font-size:1rem}.masthead{grid-template-columns:1fr;padding:1.25rem 1rem 1rem}.when{text-align:left}.when span{display:inline}main{padding:.75rem .75rem;gap:.75rem}section{padding:1rem}footer{padding:.5rem 1rem 1.5rem}
.tiles{gap:.6rem}.tiles.main{grid-template-columns:1fr 1fr}.tiles.side{grid-template-columns:1fr 1fr}.tiles .tile:last-child:nth-child(odd){grid-column:1/-1}.tile{padding:.75rem .85rem}.tile .number{font-size:2.25rem}.side .number{font-size:1.625rem}.tile dt{font-size:1rem}.tile .detail{font-size:.9375rem}
table,.key-table{font-size:1rem}.key-table b{font-size:1.125rem}th,td{padding:.4rem .4rem}.ranking td.right:last-child{font-size:1.0625rem}.ranking td small{display:block}.ranking td.right,.ranking td.none:last-child{white-space:normal}.barcell{width:22%;min-width:2.75rem}.lines text{font-size:24px}.lines .odd{display:none}.long table{min-width:46rem}.wide table{min-width:42rem}.box:not(.ranking) caption{max-width:calc(100vw - 3.75rem)}.box:not(.ranking) tbody th:not(.short){min-width:6.5rem}.chips li{font-size:.9375rem}}
@media print{@page{size:A4;margin:12mm}@page lying{size:A4 landscape;margin:12mm}body:has(#layout){page:lying}html{font-size:9.5px}:root{--ground:#fff;--card:#fff;--faint:#eef1f1}.masthead{background:none;color:#14212b;border-bottom:2pt solid #0c3d4a;padding:0 0 1rem}.city,.when span{color:#475863}.chips li,.chips .whole,.chips .short{color:#14212b;border-color:#777;background:none}.skip{display:none}main{padding:.75rem 0;gap:.75rem}section{border-width:0 0 1px;border-radius:0;padding:1rem 0}#totals,#day,#channels{break-inside:avoid}.tiles.main{grid-template-columns:repeat(4,1fr)}.tiles.side{grid-template-columns:repeat(auto-fit,minmax(12rem,1fr))}.tile .number{font-size:4rem}.side .number{font-size:2.75rem}tr,.tile,.tiles,figure,.box.ranking,.chipgrid li{break-inside:avoid}thead{display:table-header-group;break-after:avoid}tbody tr:first-child{break-before:avoid}.box{overflow:visible}caption,h2,h3{break-after:avoid}section:not(.slim)>h2{break-inside:avoid}section:not(.slim)>h2::after{content:"";display:block;height:10rem;margin-bottom:-10rem}section:has(.cards)>h2::after{height:26rem;margin-bottom:-26rem}svg,.tile,.alert,.state{print-color-adjust:exact;-webkit-print-color-adjust:exact}.chipgrid{grid-template-columns:repeat(4,1fr)}.long thead th:first-child,.long tbody th,.wide thead th:first-child,.wide tbody th,#layout tbody th{position:static}#layout tbody th{white-space:nowrap}details::details-content{content-visibility:visible;block-size:auto}summary{display:none}footer{padding:.75rem 0}}
`.trim();
