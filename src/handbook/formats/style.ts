/** For a phone in the hand, a screen in the light or the dark, and A4. */
export const bookStyle = `
@page{size:A4;margin:18mm}
:root{color-scheme:light dark;--ground:#f2f4f3;--card:#fff;--ink:#14212b;--soft:#475863;--line:#c9d2d6;--faint:#e7ecec;--band:#0c3d4a;--on-band:#fff;--link:#0b5c8f;--mark:#ffe08a;--on-mark:#14212b;--alert:#7a3d00;--alert-ground:#fff3df;--alert-line:#e0a049;--focus:#0a58ca;
--sans:"Be Vietnam Pro","Segoe UI","SF Pro Text",-apple-system,BlinkMacSystemFont,Roboto,"Noto Sans","Liberation Sans","DejaVu Sans",Arial,sans-serif}
@media screen and (prefers-color-scheme:dark){:root{--ground:#0e161b;--card:#17222a;--ink:#ecf2f4;--soft:#afc0c8;--line:#33444e;--faint:#22303a;--band:#0a2c36;--link:#8ecbff;--mark:#6b5410;--on-mark:#fff;--alert:#ffd08a;--alert-ground:#33270f;--alert-line:#8a6320;--focus:#8ab8ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:400 1.0625rem/1.55 var(--sans);overflow-wrap:break-word}
a{color:var(--link)}
.skip{position:absolute;left:-999rem;top:0;background:var(--card);padding:.75rem 1rem;z-index:2}
.skip:focus{left:1rem;top:1rem}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
header{background:var(--band);color:var(--on-band);padding:1.5rem max(1rem,calc((100% - 52rem)/2))}
header p{margin:.15rem 0 0}
h1{margin:0;font-size:clamp(1.6rem,5vw,2.4rem);line-height:1.15}
.ask{position:sticky;top:0;z-index:1;background:var(--ground);padding:.75rem max(1rem,calc((100% - 52rem)/2));border-bottom:1px solid var(--line)}
.ask label{display:block;font-weight:600}
.ask input{width:100%;font:inherit;padding:.6rem .75rem;border:2px solid var(--line);border-radius:.5rem;background:var(--card);color:var(--ink)}
.ask p{margin:.25rem 0 0;color:var(--soft);font-size:.9375rem;min-height:1.4em}
main{padding:1rem max(1rem,calc((100% - 52rem)/2)) 3rem}
nav ol,#found ol{padding-left:0;list-style:none;margin:0}
nav li{margin:0;border-bottom:1px solid var(--line)}
nav li a{display:block;padding:.5rem 0}
#found li{margin:0 0 1rem;background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem}
#found li p{margin:.25rem 0 0}
#found a{font-weight:600}
mark{background:var(--mark);color:var(--on-mark);border-radius:.15rem}
article{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.25rem 1.25rem;margin:1rem 0;scroll-margin-top:8rem}
article h2{margin:.25rem 0;font-size:1.35rem;line-height:1.25}
article h3{margin:1.25rem 0 .35rem;font-size:1.0625rem}
.facts{margin:.25rem 0;color:var(--soft);font-size:.9375rem}
pre{background:var(--faint);border-radius:.5rem;padding:.6rem .8rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.9375rem}
code{font-family:ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;font-size:.9375em}
.caution{margin:.75rem 0;padding:.6rem .9rem;background:var(--alert-ground);border:1px solid var(--alert-line);border-left-width:.4rem;border-radius:.4rem}
.caution strong{color:var(--alert)}
.back{font-size:.9375rem}
footer{padding:1rem max(1rem,calc((100% - 52rem)/2)) 2rem;color:var(--soft);font-size:.9375rem}
[hidden]{display:none}
@media screen{.scripted article{display:none}.scripted article.open{display:block}}
@media print{body{background:#fff;font-size:10.5pt}.ask,.back,.skip,#found{display:none!important}nav[hidden]{display:block}header{background:none;color:#000;padding:0 0 1rem}main,footer{padding:0}article{border:0;border-top:1px solid #777;border-radius:0;padding:.5rem 0 1rem;margin:0}h2,h3{break-after:avoid}pre,.caution,li{break-inside:avoid}nav{break-after:page}a{color:inherit;text-decoration:none}.source[href]::after{content:" <" attr(href) ">"}}
`;
