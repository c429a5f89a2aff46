/** Light or dark as the reader's system is; nothing is fetched. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c1c1a; --soft: #5b5b56; --paper: #fbfaf7; --line: #d8d6cf; --ours: #0b6b5d; --theirs: #9a9a92; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceae4; --soft: #b0aea6; --paper: #17181a; --line: #3a3b3e; --ours: #4cc2ab; --theirs: #6d6e70; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; }
h2 { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1.5rem; }
h3 { margin-top: 2rem; }
.soft, figcaption, caption { color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: 0.4rem; }
th, td { text-align: left; padding: 0.3rem 1rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { font-weight: 600; }
tbody th { font-weight: 500; }
figure { margin: 1rem 0 2rem; }
svg { width: 100%; height: auto; max-width: 45rem; font-size: 13px; }
svg text { fill: var(--ink); }
.ours { fill: var(--ours); }
.theirs { fill: var(--theirs); }
.whisker { stroke: var(--ink); stroke-width: 1.5; fill: none; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; }
dt { color: var(--soft); }
dd { margin: 0; }
a { color: inherit; }
summary { cursor: pointer; padding: 0.4rem 0; }
details { margin-bottom: 1.5rem; }
:focus-visible { outline: 2px solid var(--ours); outline-offset: 2px; }
@media print { body { max-width: none; } .scroll { overflow: visible; } }
`;
